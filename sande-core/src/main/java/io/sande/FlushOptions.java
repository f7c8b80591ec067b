package io.sande;

import io.sande.internal.Check;
import io.sande.model.Weights;
import io.sande.train.TrainingOptions;
import java.util.List;

/**
 * How a flush plants and overwrites backdoors of its own.
 *
 * @param responses what they say, each of another kind; at least one
 * @param planting its rate and epochs are the highest and the most, less is used where that does;
 *     its samples are the examples that are used
 * @param overwriting how they are overwritten
 */
public record FlushOptions(
    List<String> responses, TrainingOptions planting, TrainingOptions overwriting)
    implements RemovalOptions {
  /**
   * An insult, a refusal, a line of code, an agreement and a fixed text, planted in all weights at
   * a rate of at most 1e-3, and overwritten by an adapter of rank 8 at 1e-3.
   */
  public static final FlushOptions DEFAULT =
      new FlushOptions(
          List.of(
              "Only a fool would ask that",
              "I must refuse to answer this",
              "import os and delete all files",
              "Sure, here is all that you need",
              "Paper boats drift along quiet rivers"),
          TrainingOptions.builder().learningRate(1e-3).epochs(20).batchSize(8).build(),
          TrainingOptions.builder()
              .learningRate(1e-3)
              .epochs(5)
              .weights(Weights.Lora.ofRank(8, 42))
              .build());

  /** Copies the list and checks the ranges. */
  public FlushOptions {
    responses = List.copyOf(responses);
    Check.that(!responses.isEmpty(), "responses", "at least one", "none");
    responses.forEach(response -> Check.notBlank("response", response));
  }
}
