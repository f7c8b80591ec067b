package io.sande.djl.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Floating point numbers as Python writes, reads and rounds them. */
final class Numbers {
  /** Most digits that a format may ask for. */
  static final int MAX_PRECISION = 1_000;

  private static final int STEPS = 50; // exact decimals are slow

  private Numbers() {}

  /** The shortest decimal that gives {@code value} back. */
  static String repr(Budget budget, double value) {
    budget.steps(STEPS);
    if (!Double.isFinite(value) || value == 0) {
      return special(value, value == 0 ? "0.0" : "");
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    int exponent = exponent(shortest);
    String text =
        exponent < -4 || exponent >= 16
            ? scientific(shortest, shortest.precision() - 1)
            : shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
    return sign(value) + text;
  }

  private static BigDecimal shortest(double value) {
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal rounded = new BigDecimal(value).round(context(digits));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return new BigDecimal(value).round(context(17));
  }

  /** {@code %.3f}: so many digits after the point. */
  static String fixed(Budget budget, double value, int precision) {
    check(budget, precision);
    if (!Double.isFinite(value)) {
      return special(value, "");
    }
    return sign(value) + exact(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** {@code %.3e}: one digit before the point and so many after it. */
  static String scientific(Budget budget, double value, int precision) {
    check(budget, precision);
    if (!Double.isFinite(value)) {
      return special(value, "");
    }
    return sign(value) + scientific(exact(value).round(context(precision + 1)), precision);
  }

  /** {@code %.3g}: so many digits in all, the shorter form of both. */
  static String general(Budget budget, double value, int precision) {
    check(budget, precision);
    if (!Double.isFinite(value) || value == 0) {
      return special(value, "0");
    }
    int digits = Math.max(1, precision);
    BigDecimal rounded = exact(value).round(context(digits)).stripTrailingZeros();
    int exponent = exponent(rounded);
    return sign(value)
        + (exponent < -4 || exponent >= digits
            ? scientific(rounded, rounded.precision() - 1)
            : rounded.setScale(Math.max(0, rounded.scale())).toPlainString());
  }

  private static String scientific(BigDecimal value, int precision) {
    int exponent = value.signum() == 0 ? 0 : exponent(value);
    String digits = value.movePointLeft(exponent).setScale(precision).toPlainString();
    return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /** Rounded to so many decimals, ties to the even digit of the exact value. */
  static double round(Budget budget, double value, long precision, RoundingMode mode) {
    check(budget, Math.abs(precision));
    if (!Double.isFinite(value)) {
      return value;
    }
    return new BigDecimal(value).setScale((int) precision, mode).doubleValue();
  }

  /** {@code float(text)}, if it is a number. */
  static Optional<Double> parse(Budget budget, String text) {
    budget.scan(text.length());
    String trimmed = trim(text);
    String plain = Strings.lower(trimmed).replaceFirst("^[+-]", "");
    if (plain.equals("nan")) {
      return Optional.of(Double.NaN);
    }
    if (plain.equals("inf") || plain.equals("infinity")) {
      return Optional.of(
          trimmed.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    return Strings.all(trimmed, c -> "0123456789+-.eE".indexOf(c) >= 0)
        ? read(trimmed)
        : Optional.empty();
  }

  private static Optional<Double> read(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** {@code int(text, base)}, if it is a number of at most 64 bits. */
  static Optional<Long> parseInteger(Budget budget, String text, int base) {
    budget.scan(text.length());
    String digits = trim(text);
    String prefix = base == 16 ? "0x" : base == 8 ? "0o" : base == 2 ? "0b" : "";
    if (!prefix.isEmpty() && Strings.lower(digits).startsWith(prefix)) {
      digits = digits.substring(2);
    }
    try {
      return Optional.of(Long.parseLong(digits, base));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String trim(String text) {
    return Strings.stripLeft(Strings.stripRight(text, Strings::isSpace), Strings::isSpace);
  }

  private static void check(Budget budget, long precision) {
    budget.steps(STEPS);
    if (precision > MAX_PRECISION) {
      throw new JinjaException(
          "precision must be at most %d but was %d".formatted(MAX_PRECISION, precision));
    }
  }

  private static BigDecimal exact(double value) {
    return new BigDecimal(Math.abs(value));
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static MathContext context(int digits) {
    return new MathContext(digits, RoundingMode.HALF_EVEN);
  }

  private static String special(double value, String zero) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return sign(value) + (value == 0 ? zero : "inf");
  }

  private static String sign(double value) {
    return value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
  }
}
