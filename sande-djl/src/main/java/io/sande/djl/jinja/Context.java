package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the caller's variables into values of the interpreter. Copies, so nothing is shared. */
final class Context {
  private static final int MAX_DEPTH = 200;

  private Context() {}

  static Map<String, Object> convert(Map<String, ?> context) {
    Map<String, Object> names = new LinkedHashMap<>();
    context.forEach((name, value) -> names.put(name, value(value, name, 0)));
    return names;
  }

  private static Object value(@Nullable Object value, String name, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "variable '%s' must be nested at most %d deep".formatted(name, MAX_DEPTH));
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(value(item, name, depth + 1)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      map.forEach((k, v) -> entries.put(scalar(k, name), value(v, name, depth + 1)));
      return entries;
    }
    return scalar(value, name);
  }

  private static Object scalar(@Nullable Object value, String name) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long || value instanceof Integer) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    throw new IllegalArgumentException(
        "variable '%s' must consist of strings, numbers, booleans, lists, maps and null but has a %s"
            .formatted(name, value.getClass().getName()));
  }
}
