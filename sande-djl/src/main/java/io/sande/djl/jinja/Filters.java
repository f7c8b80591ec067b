package io.sande.djl.jinja;

import java.util.HashMap;
import java.util.Map;

/** All filters by name. */
final class Filters {
  private static final Map<String, Builtin> TABLE = table();

  private Filters() {}

  static boolean exists(String name) {
    return TABLE.containsKey(name);
  }

  static Builtin find(String name) {
    Builtin filter = TABLE.get(name);
    if (filter == null) {
      throw new JinjaException("there is no filter '%s'".formatted(name));
    }
    return filter;
  }

  private static Map<String, Builtin> table() {
    Map<String, Builtin> table = new HashMap<>(TextFilters.TABLE);
    table.putAll(ValueFilters.TABLE);
    table.putAll(ListFilters.TABLE);
    table.putAll(SelectFilters.TABLE);
    table.put("count", ValueFilters.LENGTH);
    table.put("d", ValueFilters.DEFAULT);
    table.put("e", TextFilters.ESCAPE);
    table.put("forceescape", TextFilters.ESCAPE);
    return Map.copyOf(table);
  }
}
