package io.sande.djl.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code 'text %s' % values}. */
final class PercentFormat {
  private final Run run;
  private final String pattern;
  private final Object values;
  private final Iterator<Object> rest;
  private int pos;

  private PercentFormat(Run run, String pattern, Object values) {
    this.run = run;
    this.pattern = pattern;
    this.values = values;
    this.rest = (values instanceof Tuple t ? t.items() : List.of(values)).iterator();
  }

  /** Fills in a tuple, a dictionary by name, or a single value. */
  static String format(Run run, String pattern, Object values) {
    return new PercentFormat(run, pattern, values).run();
  }

  private String run() {
    Output out = new Output(run.budget());
    while (pos < pattern.length()) {
      int percent = pattern.indexOf('%', pos);
      int end = percent < 0 ? pattern.length() : percent;
      out.append(pattern.substring(pos, end));
      pos = end + 1;
      if (percent >= 0) {
        out.append(field());
      }
    }
    if (rest.hasNext() && !(values instanceof Map)) {
      throw new JinjaException("not all arguments are used by the format '" + pattern + "'");
    }
    return out.toString();
  }

  private String field() {
    Object named = name();
    StringBuilder flags = new StringBuilder();
    while ("-0+ #".indexOf(peek()) >= 0) {
      flags.append(pattern.charAt(pos++));
    }
    long width = number();
    int precision = -1;
    if (peek() == '.') {
      pos++;
      precision = (int) Math.min(Integer.MAX_VALUE, number());
    }
    char type = peek();
    pos++;
    if (type == '%') {
      return "%";
    }
    Object value = named == None.NONE ? next() : named;
    return FormatSpec.percent(flags.toString(), width, precision, type).apply(run, value);
  }

  private Object name() {
    if (peek() != '(') {
      return None.NONE;
    }
    int close = pattern.indexOf(')', pos);
    if (close < 0 || !(values instanceof Map<?, ?> map)) {
      throw new JinjaException("the format '" + pattern + "' needs a dictionary");
    }
    Object value = map.get(pattern.substring(pos + 1, close));
    if (value == null) {
      throw new JinjaException("the format '" + pattern + "' names a key that is not there");
    }
    pos = close + 1;
    return value;
  }

  private Object next() {
    if (!rest.hasNext()) {
      throw new JinjaException("not enough arguments for the format '" + pattern + "'");
    }
    return rest.next();
  }

  private long number() {
    if (peek() == '*') {
      pos++;
      return Types.integer(next(), "width");
    }
    long number = 0;
    while (Character.digit(peek(), 10) >= 0) {
      number =
          Math.min(Integer.MAX_VALUE, number * 10 + Character.digit(pattern.charAt(pos++), 10));
    }
    return number;
  }

  private char peek() {
    if (pos >= pattern.length()) {
      throw new JinjaException("the format '" + pattern + "' is incomplete");
    }
    return pattern.charAt(pos);
  }
}
