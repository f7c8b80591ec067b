package io.sande.djl.jinja;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A filter, test, method or function of the language. */
record Builtin(Signature signature, Function<Call, Object> body) {
  static Builtin of(String signature, Function<Call, Object> body) {
    return new Builtin(Signature.of(signature), body);
  }

  static Map<String, Builtin> table(Builtin... entries) {
    return Arrays.stream(entries)
        .collect(Collectors.toUnmodifiableMap(b -> b.signature().name(), b -> b));
  }

  /** Applies it to {@code self}, the value before the bar or the dot. */
  Object apply(Run run, Object self, Arguments arguments) {
    return body.apply(new Call(run, self, signature, arguments, signature.bind(arguments)));
  }

  /** A method of {@code self}, not yet called. */
  Callable bind(Object self) {
    return (run, arguments) -> apply(run, self, arguments);
  }
}
