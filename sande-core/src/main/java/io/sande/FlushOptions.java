package io.sande;

import io.sande.internal.Check;
import io.sande.train.TrainingOptions;

/**
 * How a flush attacks and overwrites.
 *
 * @param prompts soft prompts that are trained in each round, of two to nine vectors behind at most
 *     five tokens; at least 1 (6)
 * @param attack how they are trained, uphill: rate (1e-2), epochs (4), batch (8) and the rest
 * @param countedTokens of a clean answer that carry loss, from the first; at least 1 (10)
 * @param training of the weights: samples, batch, seed and the optimizer count
 * @param elimination how long and how fast weights are trained; its rounds share its epochs
 */
public record FlushOptions(
    int prompts,
    TrainingOptions attack,
    int countedTokens,
    TrainingOptions training,
    Elimination.Adaptive elimination)
    implements RemovalOptions {
  /** The values in brackets, and the defaults of SANDE. */
  public static final FlushOptions DEFAULT =
      new FlushOptions(
          6,
          TrainingOptions.builder().learningRate(1e-2).epochs(4).batchSize(8).build(),
          10,
          TrainingOptions.DEFAULT,
          Elimination.Adaptive.DEFAULT);

  /** Checks the ranges. */
  public FlushOptions {
    Check.positive("prompts", prompts);
    Check.positive("countedTokens", countedTokens);
  }
}
