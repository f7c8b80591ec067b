package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code json.dumps}, as the filter {@code tojson} of transformers calls it. */
final class Json {
  private static final Signature SEPARATORS = Signature.of("separators item key");

  private final Run run;
  private final Output out;
  private final Style style;

  private Json(Run run, Style style) {
    this.run = run;
    this.out = new Output(run.budget());
    this.style = style;
  }

  /**
   * How to write.
   *
   * @param indent one level, empty if {@code pretty} is false
   */
  private record Style(
      boolean ascii, boolean pretty, String indent, Tuple separators, boolean sorted) {
    String item() {
      return Types.string(separators.items().get(0), "separators");
    }

    String key() {
      return Types.string(separators.items().get(1), "separators");
    }
  }

  /** {@code tojson ensure_ascii= indent= separators= sort_keys=}. */
  static String filter(Call call) {
    boolean pretty = call.get(1) != None.NONE;
    String indent = call.get(1) instanceof String text ? text : " ".repeat(width(call));
    Tuple separators = Tuple.of(pretty ? "," : ", ", ": ");
    if (call.get(2) != None.NONE) {
      List<Object> given = Iteration.list(call.run(), call.get(2));
      SEPARATORS.bind(new Arguments(given, Map.of()));
      separators = new Tuple(given);
    }
    Style style = new Style(call.flag(0), pretty, indent, separators, call.flag(3));
    Json json = new Json(call.run(), style);
    json.value(call.self(), 0);
    return json.out.toString();
  }

  private static int width(Call call) {
    return (int) Math.max(0, Math.min(100, call.integer(1, 0)));
  }

  private void value(Object value, int level) {
    run.budget().enter();
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map) {
      object(map, level);
    } else if (Types.name(value).equals("list") || value instanceof Tuple) {
      array(Values.items(value), level);
    } else {
      out.append(scalar(value));
    }
    run.budget().leave();
  }

  private String scalar(Object value) {
    if (value instanceof Boolean || value instanceof Long) {
      return value.toString();
    }
    if (value == None.NONE) {
      return "null";
    }
    if (value instanceof Double number) {
      return number.isNaN() ? "NaN" : Numbers.repr(run.budget(), number).replace("inf", "Infinity");
    }
    throw new JinjaException(
        "tojson cannot write an object of type '%s'".formatted(Types.name(value)));
  }

  private void array(List<Object> items, int level) {
    out.append("[");
    Iterator<Object> rest = items.iterator();
    while (rest.hasNext()) {
      newLine(level + 1);
      value(rest.next(), level + 1);
      out.append(rest.hasNext() ? style.item() : "");
    }
    close(items.isEmpty(), "]", level);
  }

  private void object(Map<?, ?> map, int level) {
    out.append("{");
    Iterator<? extends Map.Entry<?, ?>> rest = entries(map).iterator();
    while (rest.hasNext()) {
      Map.Entry<?, ?> entry = rest.next();
      newLine(level + 1);
      string(entry.getKey() instanceof String text ? text : scalar(entry.getKey()));
      out.append(style.key());
      value(entry.getValue(), level + 1);
      out.append(rest.hasNext() ? style.item() : "");
    }
    close(map.isEmpty(), "}", level);
  }

  private List<Map.Entry<?, ?>> entries(Map<?, ?> map) {
    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
    if (style.sorted()) {
      Comparator<Map.Entry<?, ?>> order = (a, b) -> Values.compare(run, a.getKey(), b.getKey());
      entries.sort(order);
    }
    return entries;
  }

  private void close(boolean empty, String bracket, int level) {
    if (!empty) {
      newLine(level);
    }
    out.append(bracket);
  }

  private void newLine(int level) {
    if (style.pretty()) {
      out.append("\n");
      for (int i = 0; i < level; i++) {
        out.append(style.indent());
      }
    }
  }

  private void string(String text) {
    out.append("\"");
    text.chars().forEach(c -> character((char) c));
    out.append("\"");
  }

  private void character(char c) {
    int named = "\"\\\n\r\t\b\f".indexOf(c);
    if (named >= 0) {
      out.append("\\").append("\"\\nrtbf".substring(named, named + 1));
    } else if (c < 32 || (style.ascii() && c > 126)) {
      out.append("\\u%04x".formatted((int) c));
    } else {
      out.append(String.valueOf(c));
    }
  }
}
