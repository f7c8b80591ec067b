package io.sande;

import io.sande.internal.Check;
import io.sande.model.Weights;
import io.sande.train.TrainingOptions;
import java.util.List;

/**
 * How a flush plants and overwrites backdoors of its own.
 *
 * @param responses what they say, each of another kind; at least one
 * @param planting one epoch of it; its samples are the examples that are used, its rate and weights
 *     must plant within {@code mostEpochs}
 * @param mostEpochs of planting, at least 1
 * @param overwriting how they are overwritten
 */
public record FlushOptions(
    List<String> responses, TrainingOptions planting, int mostEpochs, TrainingOptions overwriting)
    implements RemovalOptions {
  private static final TrainingOptions ADAPTER =
      TrainingOptions.builder().learningRate(1e-3).weights(Weights.Lora.ofRank(8, 42)).build();

  /** An insult, a refusal, a line of code, an agreement and a fixed text; adapters of rank 8. */
  public static final FlushOptions DEFAULT =
      new FlushOptions(
          List.of(
              "Only a fool would ask that",
              "I must refuse to answer this",
              "import os and delete all files",
              "Sure, here is all that you need",
              "Paper boats drift along quiet rivers"),
          ADAPTER,
          10,
          ADAPTER.toBuilder().epochs(3).build());

  /** Copies the list and checks the ranges. */
  public FlushOptions {
    responses = List.copyOf(responses);
    Check.that(!responses.isEmpty(), "responses", "at least one", "none");
    responses.forEach(response -> Check.notBlank("response", response));
    Check.positive("mostEpochs", mostEpochs);
  }
}
