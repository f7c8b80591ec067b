package io.sande;

import io.sande.internal.Check;
import io.sande.model.Weights;

/** How long SANDE trains the weights, and at which rate. */
public sealed interface Elimination {
  /** The reference's: epochs and rate of {@link SandeOptions#training}, on all its weights. */
  record Fixed() implements Elimination {}

  /**
   * Needs no tuned rate: the rate grows until the parrots bring the response out no more, and then
   * falls to 0 over twice as many updates. The weights change by a low-rank matrix, which is added
   * to them at the end and spares the model's abilities.
   *
   * @param startRate of the first update, above 0 (1e-5)
   * @param growth of the rate from one update to the next, above 1 (1.12)
   * @param mostRate that it grows to, at least {@code startRate} (1e-3)
   * @param epochs passes over the examples at most, at least 1 (20)
   * @param rounds at most. There is another where the parrots of the last could not bring the
   *     response out reliably, so that what was trained against was not the whole of it; at least 1
   *     (2)
   * @param lossBudget share by which the loss on clean examples held back may rise; above it the
   *     weights are moved back, as far as the backdoor stays away. 0 or above (0.05)
   * @param weights what is trained (a low-rank adapter of rank 8 on all linear layers)
   */
  record Adaptive(
      double startRate,
      double growth,
      double mostRate,
      int epochs,
      int rounds,
      double lossBudget,
      Weights weights)
      implements Elimination {
    /** The values in brackets. */
    public static final Adaptive DEFAULT =
        new Adaptive(1e-5, 1.12, 1e-3, 20, 2, 0.05, Weights.Lora.ofRank(8, 42));

    /** Checks the ranges. */
    public Adaptive {
      Check.positive("startRate", startRate);
      Check.that(growth > 1, "growth", "above 1", growth);
      Check.that(mostRate >= startRate, "mostRate", "at least " + startRate, mostRate);
      Check.positive("epochs", epochs);
      Check.positive("rounds", rounds);
      Check.notNegative("lossBudget", lossBudget);
    }
  }
}
