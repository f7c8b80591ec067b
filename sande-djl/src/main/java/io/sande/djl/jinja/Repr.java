package io.sande.djl.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's {@code str()} and {@code repr()}. */
final class Repr {
  private Repr() {}

  static String str(Run run, Object value) {
    if (value instanceof String text) {
      return text;
    }
    return value instanceof Undefined ? "" : repr(run, value);
  }

  static String repr(Run run, Object value) {
    if (value instanceof Long || value instanceof Boolean || value == None.NONE) {
      return scalar(value);
    }
    Output out = new Output(run.budget());
    write(out, value);
    return out.toString();
  }

  private static String scalar(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return value == None.NONE ? "None" : value.toString();
  }

  private static void write(Output out, Object value) {
    out.budget().enter();
    if (value instanceof String text) {
      quote(out, text);
    } else if (value instanceof Double number) {
      out.append(Numbers.repr(out.budget(), number));
    } else if (value instanceof Range range) {
      out.append(range.repr());
    } else if (value instanceof List<?> list) {
      sequence(out.append("["), list).append("]");
    } else if (value instanceof Tuple tuple) {
      sequence(out.append("("), tuple.items()).append(tuple.items().size() == 1 ? ",)" : ")");
    } else if (value instanceof Map<?, ?> map) {
      entries(out, map);
    } else if (value instanceof DictView view) {
      sequence(out.append("dict_" + view.kind() + "(["), view.items()).append("])");
    } else {
      opaque(out, value);
    }
    out.budget().leave();
  }

  private static void opaque(Output out, Object value) {
    if (value instanceof Namespace namespace) {
      out.append("<Namespace ");
      entries(out, namespace.attributes());
      out.append(">");
    } else if (value instanceof Long || value instanceof Boolean || value == None.NONE) {
      out.append(scalar(value));
    } else if (value instanceof Undefined) {
      out.append("Undefined");
    } else {
      out.append("<" + Types.name(value) + ">");
    }
  }

  private static Output sequence(Output out, List<?> items) {
    Iterator<?> rest = items.iterator();
    while (rest.hasNext()) {
      write(out, rest.next());
      if (rest.hasNext()) {
        out.append(", ");
      }
    }
    return out;
  }

  private static void entries(Output out, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      write(out, entry.getKey());
      out.append(": ");
      write(out, entry.getValue());
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void quote(Output out, String text) {
    out.budget().scan(text.length());
    char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(mark);
    text.codePoints().forEach(c -> character(out, c, mark));
    out.append(mark);
  }

  private static void character(Output out, int c, char mark) {
    if (c == mark || c == '\\') {
      out.append('\\').append(c);
    } else if (c == '\n') {
      out.append("\\n");
    } else if (c == '\r') {
      out.append("\\r");
    } else if (c == '\t') {
      out.append("\\t");
    } else if (isPrintable(c)) {
      out.append(c);
    } else {
      out.append((c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
