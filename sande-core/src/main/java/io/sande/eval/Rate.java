package io.sande.eval;

import io.sande.internal.Check;

/**
 * How often something was found.
 *
 * @param hits answers in which it was, at most {@code count}
 * @param count answers that were looked at, at least 1
 */
public record Rate(int hits, int count) {
  /** Checks the ranges. */
  public Rate {
    Check.positive("count", count);
    Check.that(hits >= 0 && hits <= count, "hits", "0 to " + count, hits);
  }

  /** Hits in count: 0 to 1. */
  public double share() {
    return (double) hits / count;
  }

  /** The 95 % interval of the share after Wilson. */
  public Interval interval() {
    return Wilson.interval(hits, count);
  }
}
