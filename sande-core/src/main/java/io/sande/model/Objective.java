package io.sande.model;

import io.sande.internal.Check;

/** What a training minimizes. */
public sealed interface Objective {
  /** Mean nats over all labelled tokens of the batch. */
  record CrossEntropy() implements Objective {}

  /**
   * Direct preference optimization. A batch holds a chosen and a rejected sequence in turn, each
   * with a label; with c and r the sums of their labelled tokens' log-probabilities the loss is the
   * mean over pairs of {@code -log sigmoid(beta ((c - c_reference) - (r - r_reference)))}.
   *
   * @param reference the frozen weights that the model is compared with, a snapshot of it; stays
   *     open while the training is
   * @param beta how hard the model is held to the reference, above 0 (Rafailov et al.: 0.1)
   */
  record Preference(Snapshot reference, double beta) implements Objective {
    /** Checks the range. */
    public Preference {
      Check.positive("beta", beta);
    }
  }

  /**
   * Neural attention distillation: cross entropy, plus {@code beta} times the squared distance
   * between the attention maps of model and teacher, summed over the last third of the layers, mean
   * over sequences. The map of a layer is, for each position of a sequence up to its last label,
   * the sum of squares of what the layer puts out: a vector [T], divided by its Euclidean norm.
   *
   * @param teacher frozen weights, a snapshot of the model; stays open while the training is
   * @param beta weight of the distance, 0 or above
   */
  record AttentionDistillation(Snapshot teacher, double beta) implements Objective {
    /** Checks the range. */
    public AttentionDistillation {
      Check.notNegative("beta", beta);
    }
  }
}
