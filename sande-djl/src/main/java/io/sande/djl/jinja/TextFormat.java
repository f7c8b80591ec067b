package io.sande.djl.jinja;

import java.util.List;
import java.util.Map;

/**
 * {@code str.format} with plain fields: {@code {}}, {@code {0}}, {@code {name}}, <code>{{</code>
 * and <code>}}</code>. Attributes, conversions and format specifications are refused.
 */
final class TextFormat {
  private TextFormat() {}

  static Object format(Call call) {
    String text = (String) call.self();
    Output out = new Output(call.budget());
    int next = 0;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
        out.append(String.valueOf(c));
        i += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        String field = text.substring(i + 1, end < 0 ? text.length() : end);
        check(end >= 0, field);
        out.append(Repr.str(call.run(), value(call.rest(), field.isEmpty() ? next++ + "" : field)));
        i = end + 1;
      } else {
        check(c != '}', "}");
        out.append(String.valueOf(c));
        i++;
      }
    }
    return out.toString();
  }

  private static Object value(Arguments arguments, String field) {
    boolean number =
        !field.isEmpty() && field.length() < 6 && field.chars().allMatch(Character::isDigit);
    if (number) {
      List<Object> values = arguments.positional();
      int index = Integer.parseInt(field);
      check(index < values.size(), field);
      return values.get(index);
    }
    Map<String, Object> named = arguments.named();
    Object value = named.get(field);
    if (value == null) {
      throw refused(field);
    }
    return value;
  }

  private static void check(boolean holds, String field) {
    if (!holds) {
      throw refused(field);
    }
  }

  private static JinjaException refused(String field) {
    return new JinjaException("format() has no plain field {" + field + "}");
  }
}
