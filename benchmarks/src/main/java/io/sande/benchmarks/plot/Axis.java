package io.sande.benchmarks.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Where values stand between the ends of an axis.
 *
 * @param low its first value, above 0 where it is logarithmic
 * @param high its last
 * @param logarithmic whether equal ratios, not equal differences, are equally far apart
 * @param ticks values that are written beside it
 */
record Axis(double low, double high, boolean logarithmic, List<Double> ticks) {
  /** Values that span more than this are easier to read on a logarithmic axis. */
  private static final double WIDE = 6;

  /** A logarithmic axis that is labelled at the values themselves. */
  static Axis at(Collection<Double> values) {
    double low = Collections.min(values);
    double high = Collections.max(values);
    double room = low == high ? 2 : Math.pow(high / low, 0.04);
    return new Axis(low / room, high * room, true, values.stream().distinct().sorted().toList());
  }

  /** From 0 where values are near each other, else logarithmic; round ticks outside of all. */
  static Axis around(Collection<Double> values) {
    double low = Collections.min(values);
    double high = Collections.max(values);
    return high / low > WIDE ? logarithmic(low, high) : fromZero(high);
  }

  private static Axis logarithmic(double low, double high) {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; ticks.isEmpty() || ticks.get(ticks.size() - 1) < high; i++) {
      double tick = round(i, (int) Math.floor(Math.log10(low)));
      if (round(i + 1, (int) Math.floor(Math.log10(low))) > low) {
        ticks.add(tick);
      }
    }
    return new Axis(ticks.get(0), ticks.get(ticks.size() - 1), true, List.copyOf(ticks));
  }

  private static Axis fromZero(double high) {
    int power = (int) Math.floor(Math.log10(high)) - 1;
    int i = 0;
    while (round(i, power) * 6 < high) {
      i++;
    }
    double step = round(i, power);
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    for (int k = 1; ticks.get(ticks.size() - 1) < high; k++) {
      ticks.add(k * step);
    }
    return new Axis(0, ticks.get(ticks.size() - 1), false, List.copyOf(ticks));
  }

  /** 1, 2, 5, 10, 20 and so on, times a power of ten. */
  private static double round(int i, int power) {
    return new int[] {1, 2, 5}[i % 3] * Math.pow(10, power + i / 3);
  }

  /** 0 at the low end, 1 at the high one. */
  double place(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }

  /** Two digits below 10, whole numbers above, millions as M. */
  static String label(double value) {
    if (value >= 1e6) {
      return label(value / 1e6) + " M";
    }
    return value >= 10
        ? String.format(Locale.ROOT, "%,.0f", value)
        : new BigDecimal(value, new MathContext(2)).stripTrailingZeros().toPlainString();
  }
}
