package io.sande.djl.jinja;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Filters that take items one by one; each gives a generator. */
final class SelectFilters {
  static final Map<String, Builtin> TABLE =
      Builtin.table(
          Builtin.of("map *", SelectFilters::map),
          Builtin.of("select *", c -> filter(c, chosen(c, c.rest()))),
          Builtin.of("reject *", c -> filter(c, chosen(c, c.rest()).negate())),
          Builtin.of("selectattr attribute *", c -> filter(c, byAttribute(c))),
          Builtin.of("rejectattr attribute *", c -> filter(c, byAttribute(c).negate())));

  private SelectFilters() {}

  private static Object filter(Call call, Predicate<Object> wanted) {
    return Iteration.filter(Iteration.iterator(call.run(), call.self()), wanted);
  }

  /** The test that the first argument names, with the other arguments; truth if there is none. */
  private static Predicate<Object> chosen(Call call, Arguments arguments) {
    List<Object> words = arguments.positional();
    if (words.isEmpty()) {
      return Values::truth;
    }
    Builtin test = Tests.find(Types.string(words.get(0), "the name of a test"));
    Arguments rest = arguments.skip(1);
    return item -> Values.truth(test.apply(call.run(), item, rest));
  }

  private static Predicate<Object> byAttribute(Call call) {
    Predicate<Object> chosen = chosen(call, call.rest());
    return item -> chosen.test(ListFilters.path(call.run(), item, call.get(0)));
  }

  /** With a filter's name each item through it, with {@code attribute=} that part of each. */
  private static Object map(Call call) {
    Arguments arguments = call.rest();
    List<Object> words = arguments.positional();
    Iterator<Object> items = Iteration.iterator(call.run(), call.self());
    if (words.isEmpty()) {
      return Iteration.map(items, item -> attribute(call.run(), item, arguments.named()));
    }
    Builtin filter = Filters.find(Types.string(words.get(0), "the name of a filter"));
    Arguments rest = arguments.skip(1);
    return Iteration.map(items, item -> filter.apply(call.run(), item, rest));
  }

  private static Object attribute(Run run, Object item, Map<String, Object> named) {
    Object path = named.get("attribute");
    if (path == null) {
      throw new JinjaException("map() needs the name of a filter, or attribute=");
    }
    Object value = ListFilters.path(run, item, path);
    return value instanceof Undefined && named.containsKey("default")
        ? requireNonNull(named.get("default"))
        : value;
  }
}
