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

  @Option(
      names = "--rounded",
      description =
          "Trains all weights in bfloat16 without float32 copies, rounding at random: less than half"
              + " the memory (needs --dtype bfloat16).")
  private boolean rounded;

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
        .weights(weights(common.seed()))
        .build();
  }

  private Weights weights(long seed) {
    if (loraRank != null) {
      return Weights.Lora.ofRank(loraRank, seed);
    }
    return rounded ? new Weights.Rounded(seed) : defaults.weights();
  }
}
