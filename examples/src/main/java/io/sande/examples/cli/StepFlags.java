package io.sande.examples.cli;

import io.sande.model.AdamW;
import io.sande.train.TrainingOptions;
import picocli.CommandLine.Option;

/** How each update of a training is made. */
final class StepFlags {
  private final TrainingOptions defaults;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Most examples that are used, from the first (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples of one update (default: ${DEFAULT-VALUE}).")
  private int batch;

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

  /** Options that stand at {@code defaults} where the command line is silent. */
  StepFlags(TrainingOptions defaults) {
    this.defaults = defaults;
    this.samples = defaults.samples();
    this.batch = defaults.batchSize();
    this.warmup = defaults.warmup();
    this.maxLength = defaults.maxLength();
    this.weightDecay = defaults.optimizer().weightDecay();
    this.clip = defaults.optimizer().clip();
  }

  /** The same with the values of this command line; throws where one is out of range. */
  TrainingOptions.Builder options(CommonOptions common) {
    AdamW adam = defaults.optimizer();
    return defaults.toBuilder()
        .samples(samples)
        .batchSize(batch)
        .warmup(warmup)
        .maxLength(maxLength)
        .optimizer(new AdamW(adam.beta1(), adam.beta2(), adam.epsilon(), weightDecay, clip))
        .order(common.order())
        .seed(common.seed());
  }
}
