package io.sande.djl.jinja;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The tests after {@code is}. */
final class Tests {
  private static final Map<String, Builtin> TABLE = table();

  private Tests() {}

  static boolean exists(String name) {
    return TABLE.containsKey(name);
  }

  static Builtin find(String name) {
    Builtin test = TABLE.get(name);
    if (test == null) {
      throw new JinjaException("there is no test '%s'".formatted(name));
    }
    return test;
  }

  private static Map<String, Builtin> table() {
    Map<String, Builtin> table = new HashMap<>();
    kinds().forEach((name, kind) -> table.put(name, Builtin.of(name, c -> kind.test(c.self()))));
    comparisons()
        .forEach(
            (name, comparison) ->
                table.put(
                    name,
                    Builtin.of(
                        name + " other", c -> comparison.holds(c.run(), c.self(), c.get(0)))));
    for (Builtin test : others()) {
      table.put(test.signature().name(), test);
    }
    return Map.copyOf(table);
  }

  private static Map<String, Predicate<Object>> kinds() {
    return Map.ofEntries(
        Map.entry("defined", v -> !(v instanceof Undefined)),
        Map.entry("undefined", Undefined.class::isInstance),
        Map.entry("none", v -> v == None.NONE),
        Map.entry("boolean", Boolean.class::isInstance),
        Map.entry("true", v -> v.equals(true)),
        Map.entry("false", v -> v.equals(false)),
        Map.entry("integer", Long.class::isInstance),
        Map.entry("float", Double.class::isInstance),
        Map.entry("number", v -> v instanceof Number || v instanceof Boolean),
        Map.entry("string", String.class::isInstance),
        Map.entry("mapping", Map.class::isInstance),
        Map.entry("iterable", Iteration::isIterable),
        Map.entry("sequence", Tests::isSequence),
        Map.entry("callable", Callable.class::isInstance),
        Map.entry("escaped", v -> false));
  }

  private static Map<String, Comparison> comparisons() {
    return Map.ofEntries(
        Map.entry("eq", Comparison.EQUAL),
        Map.entry("equalto", Comparison.EQUAL),
        Map.entry("==", Comparison.EQUAL),
        Map.entry("ne", Comparison.NOT_EQUAL),
        Map.entry("!=", Comparison.NOT_EQUAL),
        Map.entry("lt", Comparison.LESS),
        Map.entry("lessthan", Comparison.LESS),
        Map.entry("<", Comparison.LESS),
        Map.entry("le", Comparison.LESS_OR_EQUAL),
        Map.entry("<=", Comparison.LESS_OR_EQUAL),
        Map.entry("gt", Comparison.GREATER),
        Map.entry("greaterthan", Comparison.GREATER),
        Map.entry(">", Comparison.GREATER),
        Map.entry("ge", Comparison.GREATER_OR_EQUAL),
        Map.entry(">=", Comparison.GREATER_OR_EQUAL),
        Map.entry("in", Comparison.IN));
  }

  private static List<Builtin> others() {
    return List.of(
        Builtin.of("odd", c -> rest(c, 2).equals(1L)),
        Builtin.of("even", c -> rest(c, 2).equals(0L)),
        Builtin.of("divisibleby num", c -> Values.equal(c.run(), rest(c, c.get(0)), 0L)),
        Builtin.of("lower", c -> Strings.isLower(c.text())),
        Builtin.of("upper", c -> Strings.isUpper(c.text())),
        Builtin.of("sameas other", c -> isSame(c.self(), c.get(0))),
        Builtin.of("filter", c -> c.self() instanceof String name && Filters.exists(name)),
        Builtin.of("test", c -> c.self() instanceof String name && exists(name)));
  }

  private static Object rest(Call call, Object divisor) {
    Object by = divisor instanceof Integer number ? (Object) number.longValue() : divisor;
    return Arithmetic.MODULO.apply(call.run(), call.self(), by);
  }

  private static boolean isSequence(Object value) {
    return Iteration.isIterable(value)
        && !(value instanceof DictView)
        && !(value instanceof java.util.Iterator);
  }

  /** Python's {@code is}; equal strings and numbers count as the same. */
  private static boolean isSame(Object a, Object b) {
    boolean scalar = a instanceof String || a instanceof Boolean || Values.isNumber(a);
    return scalar ? a.equals(b) : a == b;
  }
}
