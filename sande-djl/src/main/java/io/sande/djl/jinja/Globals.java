package io.sande.djl.jinja;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that every template sees. */
final class Globals {
  static final Map<String, Callable> TABLE =
      Map.of(
          "range", Globals::range,
          "dict", Globals::dict,
          "namespace", Globals::namespace,
          "raise_exception", Globals::raise,
          "strftime_now", Globals::now);

  private static final Signature RANGE = Signature.of("range start stop= step=");
  private static final Signature RAISE = Signature.of("raise_exception message");
  private static final Signature NOW = Signature.of("strftime_now format");

  private Globals() {}

  private static Object range(Run run, Arguments arguments) {
    Call call = new Call(run, None.NONE, RANGE, arguments, RANGE.bind(arguments));
    long first = call.integer(0, 0);
    return call.has(1)
        ? new Range(first, call.integer(1, 0), call.integer(2, 1))
        : new Range(0, first, 1);
  }

  private static Object dict(Run run, Arguments arguments) {
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (Object source : arguments.positional()) {
      Object pairs = source instanceof Map<?, ?> map ? DictView.items(map) : source;
      for (Object pair : Iteration.list(run, pairs)) {
        List<Object> both = Iteration.list(run, pair);
        if (both.size() != 2) {
          throw new JinjaException("dict() takes a dictionary or pairs of key and value");
        }
        entries.put(Values.key(run, both.get(0)), both.get(1));
      }
    }
    entries.putAll(arguments.named());
    return entries;
  }

  private static Object namespace(Run run, Arguments arguments) {
    Namespace namespace = new Namespace();
    ((Map<?, ?>) dict(run, arguments))
        .forEach((key, value) -> namespace.set(Types.string(key, "attribute"), value));
    return namespace;
  }

  private static Object raise(Run run, Arguments arguments) {
    Call call = new Call(run, None.NONE, RAISE, arguments, RAISE.bind(arguments));
    throw new JinjaException(Repr.str(run, call.get(0)));
  }

  private static Object now(Run run, Arguments arguments) {
    Call call = new Call(run, None.NONE, NOW, arguments, NOW.bind(arguments));
    return Strftime.format(run, call.string(0));
  }
}
