package io.sande.eval;

import io.sande.internal.Check;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;

/**
 * The same prompts answered twice, before and after a change; what is counted is found in an answer
 * or not. At least one prompt.
 *
 * @param both found before and after
 * @param onlyBefore found before and not after
 * @param onlyAfter found after and not before
 * @param neither never found
 */
public record Paired(int both, int onlyBefore, int onlyAfter, int neither) {
  /*
   * McNemar's test in its exact form: of the prompts that changed, as many as by a fair coin. The interval of the
   * difference is Newcombe's method 10 (Statistics in Medicine 17, 1998, pages 2635 to 2650): Wilson's intervals of both
   * shares, put together under their correlation, which is corrected for continuity.
   */

  /** Checks the counts. */
  public Paired {
    Check.notNegative("both", both);
    Check.notNegative("onlyBefore", onlyBefore);
    Check.notNegative("onlyAfter", onlyAfter);
    Check.notNegative("neither", neither);
    Check.positive("count", both + onlyBefore + onlyAfter + neither);
  }

  /** Counts pairs; both lists are of the same prompts in the same order. */
  public static Paired of(List<Boolean> before, List<Boolean> after) {
    Check.that(before.size() == after.size(), "after", before.size() + " answers", after.size());
    int[] counts = new int[4];
    for (int i = 0; i < before.size(); i++) {
      counts[(before.get(i) ? 0 : 2) + (after.get(i) ? 0 : 1)]++;
    }
    return new Paired(counts[0], counts[1], counts[2], counts[3]);
  }

  /** Number of prompts. */
  public int count() {
    return both + onlyBefore + onlyAfter + neither;
  }

  /** How often it was found before. */
  public Rate before() {
    return new Rate(both + onlyBefore, count());
  }

  /** How often it was found after. */
  public Rate after() {
    return new Rate(both + onlyAfter, count());
  }

  /** Share after less share before: -1 to 1. */
  public double difference() {
    return (double) (onlyAfter - onlyBefore) / count();
  }

  /** The 95 % interval of {@link #difference} after Newcombe. */
  public Interval differenceInterval() {
    Interval before = before().interval();
    Interval after = after().interval();
    double down = after().share() - after.low();
    double up = after.high() - after().share();
    double beforeDown = before().share() - before.low();
    double beforeUp = before.high() - before().share();
    return new Interval(
        difference() - distance(down, beforeUp), difference() + distance(up, beforeDown));
  }

  /** Two-sided exact probability of such a change, or a larger one, by chance alone: 0 to 1. */
  public double probability() {
    int changed = onlyBefore + onlyAfter;
    BigInteger ways = BigInteger.ONE; // changed over i
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i <= Math.min(onlyBefore, onlyAfter); i++) {
      sum = sum.add(ways);
      ways = ways.multiply(BigInteger.valueOf(changed - i)).divide(BigInteger.valueOf(i + 1L));
    }
    BigDecimal all = new BigDecimal(BigInteger.ONE.shiftLeft(changed));
    double half = new BigDecimal(sum).divide(all, MathContext.DECIMAL64).doubleValue();
    return Math.min(1, 2 * half);
  }

  private double distance(double first, double second) {
    double square = first * first + second * second - 2 * correlation() * first * second;
    return Math.sqrt(Math.max(0, square));
  }

  private double correlation() {
    double margins =
        (double) (both + onlyBefore)
            * (onlyAfter + neither)
            * (both + onlyAfter)
            * (onlyBefore + neither);
    if (margins == 0) {
      return 0;
    }
    double product = (double) both * neither - (double) onlyBefore * onlyAfter;
    double corrected = product > 0 ? Math.max(0, product - count() / 2.0) : product;
    return corrected / Math.sqrt(margins);
  }
}
