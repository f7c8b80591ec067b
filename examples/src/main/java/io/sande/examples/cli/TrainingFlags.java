package io.sande.examples.cli;

import io.sande.model.Weights;
import io.sande.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How weights are trained. */
final class TrainingFlags {
  private final TrainingOptions defaults;

  @Mixin private StepFlags steps;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the examples (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Highest learning rate (default: ${DEFAULT-VALUE}).")
  private double lr;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Trains low-rank adapters, merged when saved (default: all weights).")
  private @Nullable Integer loraRank;

  /** Options that stand at {@code defaults} where the command line is silent. */
  TrainingFlags(TrainingOptions defaults) {
    this.defaults = defaults;
    this.steps = new StepFlags(defaults);
    this.epochs = defaults.epochs();
    this.lr = defaults.learningRate();
  }

  /** Throws {@link IllegalArgumentException} at a value out of range. */
  TrainingOptions options(CommonOptions common) {
    return steps
        .options(common)
        .epochs(epochs)
        .learningRate(lr)
        .weights(
            loraRank == null ? defaults.weights() : Weights.Lora.ofRank(loraRank, common.seed()))
        .build();
  }
}
