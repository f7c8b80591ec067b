package io.sande.djl.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods by the type of their value. Those that would change it are not among them. */
final class Methods {
  private static final Map<String, Builtin> DICT =
      Builtin.table(
          Builtin.of("copy", c -> new LinkedHashMap<>(map(c))),
          Builtin.of("get key default=", Methods::get),
          Builtin.of("items", c -> DictView.items(map(c))),
          Builtin.of("keys", c -> DictView.keys(map(c))),
          Builtin.of("values", c -> DictView.values(map(c))));

  private static final Builtin COUNT = Builtin.of("count value", Methods::count);
  private static final Builtin INDEX = Builtin.of("index value start=", Methods::index);

  private static final Map<String, Builtin> SEQUENCE = Builtin.table(COUNT, INDEX);

  private static final Map<String, Builtin> LIST =
      Builtin.table(Builtin.of("copy", c -> Iteration.list(c.run(), c.self())), COUNT, INDEX);

  private Methods() {}

  static @Nullable Builtin find(Object owner, String name) {
    if (owner instanceof String) {
      return TextMethods.find(name);
    }
    if (owner instanceof Map) {
      return DICT.get(name);
    }
    return owner instanceof List
        ? LIST.get(name)
        : owner instanceof Tuple ? SEQUENCE.get(name) : null;
  }

  /** The dictionary, all of which is about to be walked. */
  private static Map<?, ?> map(Call call) {
    Map<?, ?> map = (Map<?, ?>) call.self();
    call.budget().steps(map.size());
    return map;
  }

  private static Object get(Call call) {
    if (call.get(0) instanceof Undefined) {
      return call.get(1);
    }
    Object value = ((Map<?, ?>) call.self()).get(Values.key(call.run(), call.get(0)));
    return value == null ? call.get(1) : value;
  }

  private static Object count(Call call) {
    return Values.items(call.self()).stream()
        .filter(item -> Values.equal(call.run(), item, call.get(0)))
        .count();
  }

  private static Object index(Call call) {
    List<Object> items = Values.items(call.self());
    Object from = call.get(1);
    long start = from == None.NONE ? 0 : Types.integer(from, "start");
    for (int i = (int) Math.max(0, start < 0 ? start + items.size() : start);
        i < items.size();
        i++) {
      if (Values.equal(call.run(), items.get(i), call.get(0))) {
        return (long) i;
      }
    }
    throw new JinjaException("%s is not in the list".formatted(Repr.repr(call.run(), call.get(0))));
  }
}
