package io.sande.report;

/** Text for XML and HTML, in elements and in attributes with double quotes. */
final class Markup {
  private static final int REPLACEMENT = 0xFFFD;

  private Markup() {}

  /** Escapes what has a meaning; what XML cannot hold, half characters too, becomes U+FFFD. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isXml(c) ? c : REPLACEMENT);
    }
  }

  private static boolean isXml(int c) {
    boolean space = c == '\t' || c == '\n' || c == '\r';
    boolean control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    boolean half = c >= 0xD800 && c <= 0xDFFF;
    return space || (!control && !half && c != 0xFFFE && c != 0xFFFF);
  }
}
