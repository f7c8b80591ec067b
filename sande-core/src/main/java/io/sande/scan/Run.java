package io.sande.scan;

import io.sande.model.Continuation;
import java.util.Arrays;

/**
 * The part of a continuation that the model says most firmly: its first token and the steps after
 * it, as many as give the best score.
 *
 * @param tokens the first token and those of the steps
 * @param score geometric mean over the steps of the second smallest probability over the prompts; 0
 *     without enough steps. One unlikely step is enough to tell a phrase that depends on the prompt
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Run(int[] tokens, double score) {
  /** Fewest steps of a run: two likely ones in a row have the phrases of any model. */
  static final int SHORTEST = 3;

  /** The best run of {@code whole} that has {@code fewest} tokens or more. */
  static Run of(Continuation whole, int fewest) {
    double product = 1;
    Run best = new Run(whole.tokens(), 0);
    for (int step = 1; step < whole.tokens().length; step++) {
      product *= whole.low()[step];
      double score = Math.pow(product, 1.0 / step);
      if (step >= Math.max(SHORTEST, fewest - 1) && score > best.score()) {
        best = new Run(Arrays.copyOf(whole.tokens(), step + 1), score);
      }
    }
    return best;
  }
}
