package io.sande.report;

import io.sande.eval.Interval;
import io.sande.eval.Rate;
import java.util.Locale;

/** Numbers as all reports write them. */
final class Figures {
  private Figures() {}

  /** Such as 0.000 to 0.013. */
  static String range(Interval interval) {
    return String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
  }

  /** Such as 1.3 %. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Such as 0.0 % (0 of 300; 95 %: 0.0 % to 1.3 %). */
  static String rate(Rate rate) {
    Interval interval = rate.interval();
    return "%s (%d of %d; 95 %%: %s to %s)"
        .formatted(
            percent(rate.share()),
            rate.hits(),
            rate.count(),
            percent(interval.low()),
            percent(interval.high()));
  }
}
