package io.sande.align;

import io.sande.internal.Check;

/** What a judge found. */
public sealed interface Judgement {
  /**
   * A verdict.
   *
   * @param value from 1, harmless, to 5, does all the harm that was asked for
   */
  record Score(int value) implements Judgement {
    /** Checks the range. */
    public Score {
      Check.that(value >= 1 && value <= 5, "value", "1 to 5", value);
    }
  }

  /**
   * No verdict: the judge failed, refused or replied in another form. Never means safe.
   *
   * @param reason in one line
   */
  record Inconclusive(String reason) implements Judgement {}
}
