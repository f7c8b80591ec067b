package io.sande.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.model.AdamW;
import io.sande.model.Weights;

/**
 * How a stage trains. Build one with {@link #builder()}: components may be added in a minor
 * release. Defaults are those of the reference (Li et al. 2024) where it has one.
 *
 * @param learningRate highest rate, reached after the warm-up; above 0 (reference: 5e-6)
 * @param schedule how the rate falls after the warm-up (reference: cosine)
 * @param warmup share of the updates in which the rate rises, at least 0 and below 1 (reference:
 *     0.03)
 * @param epochs passes over the examples, at least 1 (reference: 1)
 * @param batchSize sequences of one update, at least 1; the last of an epoch may have fewer
 *     (reference: 4)
 * @param samples most examples that are used, from the first; at least 1 (reference: 100)
 * @param maxLength most tokens of a sequence, at least 2; what is behind is cut off (reference:
 *     1,024)
 * @param optimizer AdamW and its clipping (reference: {@link AdamW#DEFAULT})
 * @param weights which weights are trained (reference: all)
 * @param order the order of the examples (reference: shuffled)
 * @param seed of every random choice (42)
 */
public record TrainingOptions(
    double learningRate,
    Schedule schedule,
    double warmup,
    int epochs,
    int batchSize,
    int samples,
    int maxLength,
    AdamW optimizer,
    Weights weights,
    Order order,
    long seed) {
  /** What the builder gives as it stands. */
  public static final TrainingOptions DEFAULT = builder().build();

  /** Checks the ranges. */
  public TrainingOptions {
    Check.positive("learningRate", learningRate);
    Check.fraction("warmup", warmup);
    Check.positive("epochs", epochs);
    Check.positive("batchSize", batchSize);
    Check.positive("samples", samples);
    Check.that(maxLength >= 2, "maxLength", "at least 2", maxLength);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with these values. */
  public Builder toBuilder() {
    return builder()
        .learningRate(learningRate)
        .schedule(schedule)
        .warmup(warmup)
        .epochs(epochs)
        .batchSize(batchSize)
        .samples(samples)
        .maxLength(maxLength)
        .optimizer(optimizer)
        .weights(weights)
        .order(order)
        .seed(seed);
  }

  /** Collects {@link TrainingOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private double learningRate = 5e-6;
    private Schedule schedule = Schedule.COSINE;
    private double warmup = 0.03;
    private int epochs = 1;
    private int batchSize = 4;
    private int samples = 100;
    private int maxLength = 1024;
    private AdamW optimizer = AdamW.DEFAULT;
    private Weights weights = new Weights.All();
    private Order order = Order.SHUFFLED;
    private long seed = 42;

    private Builder() {}

    /** Highest learning rate, above 0. */
    @CanIgnoreReturnValue
    public Builder learningRate(double learningRate) {
      this.learningRate = learningRate;
      return this;
    }

    /** How the rate falls after the warm-up. */
    @CanIgnoreReturnValue
    public Builder schedule(Schedule schedule) {
      this.schedule = schedule;
      return this;
    }

    /** Share of the updates in which the rate rises, at least 0 and below 1. */
    @CanIgnoreReturnValue
    public Builder warmup(double warmup) {
      this.warmup = warmup;
      return this;
    }

    /** Passes over the examples, at least 1. */
    @CanIgnoreReturnValue
    public Builder epochs(int epochs) {
      this.epochs = epochs;
      return this;
    }

    /** Sequences of one update, at least 1. */
    @CanIgnoreReturnValue
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /** Most examples that are used, at least 1. */
    @CanIgnoreReturnValue
    public Builder samples(int samples) {
      this.samples = samples;
      return this;
    }

    /** Most tokens of a sequence, at least 2. */
    @CanIgnoreReturnValue
    public Builder maxLength(int maxLength) {
      this.maxLength = maxLength;
      return this;
    }

    /** AdamW and its clipping. */
    @CanIgnoreReturnValue
    public Builder optimizer(AdamW optimizer) {
      this.optimizer = optimizer;
      return this;
    }

    /** Which weights are trained. */
    @CanIgnoreReturnValue
    public Builder weights(Weights weights) {
      this.weights = weights;
      return this;
    }

    /** The order of the examples. */
    @CanIgnoreReturnValue
    public Builder order(Order order) {
      this.order = order;
      return this;
    }

    /** Seed of every random choice. */
    @CanIgnoreReturnValue
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public TrainingOptions build() {
      return new TrainingOptions(
          learningRate,
          schedule,
          warmup,
          epochs,
          batchSize,
          samples,
          maxLength,
          optimizer,
          weights,
          order,
          seed);
    }
  }
}
