package io.sande.eval;

/** The score interval of a share (Wilson 1927): of use where a share is 0 or 1, too. */
final class Wilson {
  /** The 97.5 % point of the normal distribution, for 95 % in the middle. */
  private static final double Z = 1.959963984540054;

  private Wilson() {}

  /** The 95 % interval of {@code hits} in {@code count}; everything where nothing was counted. */
  static Interval interval(int hits, int count) {
    if (count == 0) {
      return new Interval(0, 1);
    }
    Interval interval = interval((double) hits / count, count);
    double low = hits == 0 ? 0 : interval.low(); // exactly the ends, which rounding would miss
    double high = hits == count ? 1 : interval.high();
    return new Interval(low, high);
  }

  private static Interval interval(double share, int count) {
    double square = Z * Z / count;
    double middle = (share + square / 2) / (1 + square);
    double half = Z * Math.sqrt(share * (1 - share) / count + square / count / 4) / (1 + square);
    return new Interval(middle - half, middle + half);
  }
}
