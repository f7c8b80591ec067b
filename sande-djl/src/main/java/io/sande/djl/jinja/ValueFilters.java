package io.sande.djl.jinja;

import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** Filters on single values. */
final class ValueFilters {
  static final Builtin DEFAULT =
      Builtin.of("default default_value= boolean=", ValueFilters::orElse);
  static final Builtin LENGTH = Builtin.of("length", c -> Values.length(c.run(), c.self()));

  static final Map<String, Builtin> TABLE =
      Builtin.table(
          DEFAULT,
          LENGTH,
          Builtin.of("abs", ValueFilters::abs),
          Builtin.of("attr name", c -> Access.ownAttribute(c.self(), c.string(0))),
          Builtin.of("float default=", ValueFilters::real),
          Builtin.of("int default= base=", ValueFilters::whole),
          Builtin.of("round precision= method=", ValueFilters::round),
          Builtin.of("tojson ensure_ascii= indent= separators= sort_keys=", Json::filter));

  private ValueFilters() {}

  private static Object orElse(Call call) {
    boolean absent =
        call.self() instanceof Undefined || (call.flag(1) && !Values.truth(call.self()));
    return absent ? call.get(0, "") : call.self();
  }

  private static Object abs(Call call) {
    Object value = Values.plain(call.self());
    if (value instanceof Double number) {
      return Math.abs(number);
    }
    long number = Types.integer(value, "the value of abs");
    return number < 0 ? Arithmetic.SUBTRACT.apply(call.run(), 0L, number) : (Object) number;
  }

  private static Object real(Call call) {
    return number(call).map(n -> (Object) n).orElse(call.get(0, 0.0));
  }

  private static Object whole(Call call) {
    if (call.self() instanceof String text) {
      Optional<Long> exact = Numbers.parseInteger(call.budget(), text, (int) call.integer(1, 10));
      if (exact.isPresent()) {
        return exact.get();
      }
    } else if (Values.plain(call.self()) instanceof Long number) {
      return number;
    }
    Optional<Double> number = number(call).filter(n -> Double.isFinite(n));
    return number.map(n -> (Object) truncated(n)).orElse(call.get(0, 0L));
  }

  private static long truncated(double value) {
    if (Math.abs(value) >= Long.MAX_VALUE) {
      throw new JinjaException("%s does not fit into 64 bits".formatted(value));
    }
    return (long) value;
  }

  private static Optional<Double> number(Call call) {
    if (call.self() instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (call.self() instanceof String text) {
      return Numbers.parse(call.budget(), text);
    }
    return Values.plain(call.self()) instanceof Number number
        ? Optional.of(number.doubleValue())
        : Optional.empty();
  }

  private static Object round(Call call) {
    long precision = call.integer(0, 0);
    RoundingMode mode =
        switch (call.string(1, "common")) {
          case "common" -> RoundingMode.HALF_EVEN;
          case "ceil" -> RoundingMode.CEILING;
          case "floor" -> RoundingMode.FLOOR;
          default -> throw new JinjaException("round knows the methods common, ceil and floor");
        };
    Object value = Values.plain(call.self());
    if (value instanceof Long && mode == RoundingMode.HALF_EVEN && precision >= 0) {
      return value;
    }
    double number =
        number(call).orElseThrow(() -> Types.wrong("the value of round", "a number", value));
    return Numbers.round(call.budget(), number, precision, mode);
  }
}
