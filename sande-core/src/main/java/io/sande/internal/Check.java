package io.sande.internal;

import java.util.concurrent.CancellationException;

/** Guards with one wording: name, rule, value found. */
public final class Check {
  private Check() {}

  /** {@code value} must be above 0; NaN is not. */
  public static void positive(String name, double value) {
    that(value > 0 && value < Double.POSITIVE_INFINITY, name, "positive", value);
  }

  /** {@code value} must be at least 1. */
  public static void positive(String name, int value) {
    that(value > 0, name, "positive", value);
  }

  /** {@code value} must be 0 or above; NaN is not. */
  public static void notNegative(String name, double value) {
    that(value >= 0 && value < Double.POSITIVE_INFINITY, name, "0 or above", value);
  }

  /** {@code value} must be at least 0 and below 1. */
  public static void fraction(String name, double value) {
    that(value >= 0 && value < 1, name, "at least 0 and below 1", value);
  }

  /** {@code text} must have a character that is not white space. */
  public static void notBlank(String name, String text) {
    that(!text.isBlank(), name, "a text with visible characters", '"' + text + '"');
  }

  /** States that {@code name} must be {@code rule}. */
  public static void that(boolean holds, String name, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + rule + " but was " + found);
    }
  }

  /**
   * Ends work whose thread is interrupted, which it stays.
   *
   * @param when such as {@code before update 2 of 4}
   */
  public static void notInterrupted(String when) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted " + when);
    }
  }
}
