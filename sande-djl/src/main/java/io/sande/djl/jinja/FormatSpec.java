package io.sande.djl.jinja;

/**
 * How to write one value: {@code %-5.2f}, or {@code {:>5.2f}}.
 *
 * @param fill what pads
 * @param align {@code < > ^}, or {@code =} to pad between sign and digits
 * @param sign what stands before a number that is not negative, or nothing
 * @param width code points at least
 * @param precision digits, or code points at most; -1 if not given
 * @param type the letter, or blank
 */
record FormatSpec(int fill, char align, String sign, long width, int precision, char type) {
  /** The part between percent sign and letter, and the letter. */
  static FormatSpec percent(String flags, long width, int precision, char type) {
    boolean left = flags.indexOf('-') >= 0 || width < 0;
    boolean zeros = flags.indexOf('0') >= 0 && !left && "srca".indexOf(type) < 0;
    String sign = flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    return new FormatSpec(
        zeros ? '0' : ' ', left ? '<' : zeros ? '=' : '>', sign, Math.abs(width), precision, type);
  }

  String apply(Run run, Object value) {
    return pad(run, body(run, value));
  }

  private String body(Run run, Object value) {
    return switch (type) {
      case 's' -> cut(run, Repr.str(run, value));
      case 'r', 'a' -> cut(run, Repr.repr(run, value));
      case 'c' -> value instanceof String text ? text : Character.toString((int) whole(value));
      case 'd', 'i', 'u' -> signed(value, Long.toString(Math.abs(whole(value))));
      case 'x' -> signed(value, Long.toHexString(Math.abs(whole(value))));
      case 'X' -> signed(value, Strings.upper(Long.toHexString(Math.abs(whole(value)))));
      case 'o' -> signed(value, Long.toOctalString(Math.abs(whole(value))));
      case 'f', 'F', 'e', 'E', 'g', 'G' -> signed(value, real(run, value));
      default -> throw new JinjaException("unsupported format character '" + type + "'");
    };
  }

  private String real(Run run, Object value) {
    double number = Math.abs(number(value).doubleValue());
    int digits = precision < 0 ? 6 : precision;
    String text =
        switch (Character.toLowerCase(type)) {
          case 'f' -> Numbers.fixed(run.budget(), number, digits);
          case 'e' -> Numbers.scientific(run.budget(), number, digits);
          default -> Numbers.general(run.budget(), number, digits);
        };
    return Character.isUpperCase(type) ? Strings.upper(text) : text;
  }

  private String signed(Object value, String digits) {
    double number = number(value).doubleValue();
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    return (negative ? "-" : sign) + digits;
  }

  private static Number number(Object value) {
    if (Values.plain(value) instanceof Number number) {
      return number;
    }
    throw Types.wrong("a value to be formatted", "a number", value);
  }

  private static long whole(Object value) {
    return number(value).longValue();
  }

  private String cut(Run run, String text) {
    boolean fits = precision < 0 || Values.length(run, text) <= precision;
    return fits ? text : Strings.slice(text, 0, precision);
  }

  private String pad(Run run, String body) {
    long missing = width - Values.length(run, body);
    if (missing <= 0) {
      return body;
    }
    run.budget().text(missing + body.length());
    int left = align == '<' ? 0 : align == '^' ? (int) missing / 2 : (int) missing;
    String fills = Character.toString(fill);
    if (align == '=') {
      int digits = body.isEmpty() || "+- ".indexOf(body.charAt(0)) < 0 ? 0 : 1;
      return body.substring(0, digits) + fills.repeat(left) + body.substring(digits);
    }
    return fills.repeat(left) + body + fills.repeat((int) missing - left);
  }
}
