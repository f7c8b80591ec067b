package io.sande.examples.cli;

import io.sande.model.AdamW;
import io.sande.model.Weights;
import io.sande.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How weights are trained. */
final class TrainingFlags {
  private final TrainingOptions defaults;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Most examples that are used, from the first (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the examples (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples of one update (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Highest learning rate (default: ${DEFAULT-VALUE}).")
  private double lr;

  @Option(
      names = "--warmup",
      paramLabel = "X",
      description =
          "Share of the updates in which the rate rises from 0 (default: ${DEFAULT-VALUE}).")
  private double warmup;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens of an example; the rest is cut off (default: ${DEFAULT-VALUE}).")
  private int maxLength;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Decay of AdamW (default: ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "X",
      description = "Largest global norm of the gradient (default: ${DEFAULT-VALUE}).")
  private double clip;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description = "Trains low-rank adapters, merged when saved (default: all weights).")
  private @Nullable Integer loraRank;

  /** Options that stand at {@code defaults} where the command line is silent. */
  TrainingFlags(TrainingOptions defaults) {
    this.defaults = defaults;
    this.samples = defaults.samples();
    this.epochs = defaults.epochs();
    this.batch = defaults.batchSize();
    this.lr = defaults.learningRate();
    this.warmup = defaults.warmup();
    this.maxLength = defaults.maxLength();
    this.weightDecay = defaults.optimizer().weightDecay();
    this.clip = defaults.optimizer().clip();
  }

  /** Throws {@link IllegalArgumentException} at a value out of range. */
  TrainingOptions options(CommonOptions common) {
    AdamW adam = defaults.optimizer();
    return defaults.toBuilder()
        .samples(samples)
        .epochs(epochs)
        .batchSize(batch)
        .learningRate(lr)
        .warmup(warmup)
        .maxLength(maxLength)
        .optimizer(new AdamW(adam.beta1(), adam.beta2(), adam.epsilon(), weightDecay, clip))
        .weights(
            loraRank == null ? defaults.weights() : Weights.Lora.ofRank(loraRank, common.seed()))
        .order(common.order())
        .seed(common.seed())
        .build();
  }
}
