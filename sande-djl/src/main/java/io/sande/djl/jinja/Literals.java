package io.sande.djl.jinja;

/** Numbers and strings as a template writes them. */
final class Literals {
  private static final String ESCAPES = "abfnrtv";
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b";

  private Literals() {}

  /** Where the number that starts at {@code start} ends. */
  static int numberEnd(String source, int start) {
    if (radix(source, start) != 10) {
      return digits(source, start + 2, 16);
    }
    int end = digits(source, start, 10);
    if (start > 0 && source.charAt(start - 1) == '.') {
      return end; // the index in a.0.1
    }
    if (isDigit(source, end + 1, 10) && source.charAt(end) == '.') {
      end = digits(source, end + 1, 10);
    }
    int sign = end + 1 < source.length() && "+-".indexOf(source.charAt(end + 1)) >= 0 ? 1 : 0;
    boolean exponent = isDigit(source, end + 1 + sign, 10) && "eE".indexOf(source.charAt(end)) >= 0;
    return exponent ? digits(source, end + 1 + sign, 10) : end;
  }

  private static int radix(String source, int start) {
    if (source.charAt(start) != '0' || start + 1 >= source.length()) {
      return 10;
    }
    return switch (source.charAt(start + 1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 10;
    };
  }

  private static int digits(String source, int start, int radix) {
    int end = start;
    while (isDigit(source, end, radix)
        || (end < source.length()
            && source.charAt(end) == '_'
            && isDigit(source, end + 1, radix))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(String source, int at, int radix) {
    return at < source.length()
        && source.charAt(at) < 128
        && Character.digit(source.charAt(at), radix) >= 0;
  }

  /** A Long or a Double. */
  static Object number(String written) {
    String text = written.replace("_", "");
    int radix = radix(text, 0);
    try {
      if (radix != 10) {
        return Long.parseLong(text.substring(2), radix);
      }
      boolean real = Strings.all(text, c -> c >= '0' && c <= '9');
      return real ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new JinjaException("'%s' is not a number of at most 64 bits".formatted(written));
    }
  }

  /** Where the string that starts at {@code start} ends, or -1. */
  static int stringEnd(String source, int start) {
    char mark = source.charAt(start);
    for (int i = start + 1; i < source.length(); i++) {
      if (source.charAt(i) == mark) {
        return i + 1;
      }
      i += source.charAt(i) == '\\' ? 1 : 0;
    }
    return -1;
  }

  /** A string without its quotes, its escapes resolved as in Python. */
  static String string(String quoted) {
    if (quoted.isEmpty()) {
      throw new JinjaException("the string is not closed");
    }
    String text = quoted.substring(1, quoted.length() - 1);
    StringBuilder result = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '\\' && i < text.length()) {
        i = escape(text, i, result);
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** Resolves the escape whose letter stands at {@code at}; returns where the text goes on. */
  private static int escape(String text, int at, StringBuilder result) {
    char c = text.charAt(at);
    int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
      return codePoint(text, at + 1, at + 1 + digits, 16, result);
    }
    if (isDigit(text, at, 8)) {
      int end = at + 1;
      while (end < at + 3 && isDigit(text, end, 8)) {
        end++;
      }
      return codePoint(text, at, end, 8, result);
    }
    if (ESCAPES.indexOf(c) >= 0) {
      result.append(ESCAPED.charAt(ESCAPES.indexOf(c)));
    } else if ("\\'\"".indexOf(c) >= 0) {
      result.append(c);
    } else if (c == 'N') {
      throw new JinjaException("\\N{...} in a string is not supported; write \\uXXXX");
    } else if (c != '\n') { // a backslash before a newline joins the lines
      result.append('\\').append(c);
    }
    return at + 1;
  }

  private static int codePoint(String text, int start, int end, int radix, StringBuilder result) {
    try {
      String digits = text.substring(start, Math.min(end, text.length()));
      if (digits.length() < end - start) {
        throw new NumberFormatException("too short");
      }
      result.appendCodePoint(Integer.parseUnsignedInt(digits, radix));
      return end;
    } catch (IllegalArgumentException e) {
      throw new JinjaException("the string has an escape that is no character");
    }
  }
}
