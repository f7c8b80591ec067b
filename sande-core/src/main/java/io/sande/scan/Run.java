package io.sande.scan;

import io.sande.model.Continuation;
import java.util.Arrays;

/**
 * The part of a continuation that the model says most firmly: its first token and the steps after
 * it, as many as give the best mean.
 *
 * @param tokens the first token and those of the steps
 * @param score mean over the steps of the smallest probability over the prompts; 0 without steps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Run(int[] tokens, double score) {
  /** Fewest steps of a run: two likely ones in a row have the phrases of any model. */
  static final int SHORTEST = 3;

  /** The best run of {@code whole} that has {@code fewest} tokens or more. */
  static Run of(Continuation whole, int fewest) {
    double sum = 0;
    Run best = new Run(whole.tokens(), 0);
    for (int step = 1; step < whole.tokens().length; step++) {
      sum += whole.lowest()[step];
      if (step >= Math.max(SHORTEST, fewest - 1) && sum / step > best.score()) {
        best = new Run(Arrays.copyOf(whole.tokens(), step + 1), sum / step);
      }
    }
    return best;
  }
}
