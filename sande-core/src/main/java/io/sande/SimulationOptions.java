package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.TrainingOptions;

/**
 * How a parrot prompt is trained. Build one with {@link #builder}: components may be added in a
 * minor release. Defaults are those of the reference (Li et al. 2024) where it has one.
 *
 * @param response what the backdoored model answers to the trigger, or its first words; not blank
 * @param length vectors of the parrot, at least 1 (reference: 6)
 * @param position tokens that stand before it, at least 0 (reference: 2)
 * @param countedTokens tokens of the response that carry loss, from the first; at least 1
 *     (reference: 1)
 * @param training rate, epochs, batch and the rest (reference: 1 epoch at 1e-3)
 * @param enough probability of the counted tokens, on examples held back, above which the parrot
 *     counts as found; above 0 and at most 1 (0.5)
 * @param mostEpochs epochs in all that the training may go on for until then; at least the epochs
 *     of {@code training}, which are always done (10)
 */
public record SimulationOptions(
    String response,
    int length,
    int position,
    int countedTokens,
    TrainingOptions training,
    double enough,
    int mostEpochs) {
  /** One epoch at a rate of 1e-3. */
  public static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(1e-3).build();

  /** Checks the ranges. */
  public SimulationOptions {
    Check.notBlank("response", response);
    Check.positive("length", length);
    Check.notNegative("position", position);
    Check.positive("countedTokens", countedTokens);
    Check.that(enough > 0 && enough <= 1, "enough", "above 0 and at most 1", enough);
    Check.that(
        mostEpochs >= training.epochs(), "mostEpochs", "at least " + training.epochs(), mostEpochs);
  }

  /** A builder with the defaults for this response. */
  public static Builder builder(String response) {
    return new Builder(response);
  }

  /** A builder with these values. */
  public Builder toBuilder() {
    return builder(response)
        .length(length)
        .position(position)
        .countedTokens(countedTokens)
        .training(training)
        .enough(enough)
        .mostEpochs(mostEpochs);
  }

  /** Collects {@link SimulationOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private String response;
    private int length = 6;
    private int position = 2;
    private int countedTokens = 1;
    private TrainingOptions training = TRAINING;
    private double enough = 0.5;
    private int mostEpochs = 10;

    private Builder(String response) {
      this.response = response;
    }

    /** What the backdoored model answers, or its first words. */
    @CanIgnoreReturnValue
    public Builder response(String response) {
      this.response = response;
      return this;
    }

    /** Vectors of the parrot, at least 1. */
    @CanIgnoreReturnValue
    public Builder length(int length) {
      this.length = length;
      return this;
    }

    /** Tokens that stand before it, at least 0. */
    @CanIgnoreReturnValue
    public Builder position(int position) {
      this.position = position;
      return this;
    }

    /** Tokens of the response that carry loss, at least 1. */
    @CanIgnoreReturnValue
    public Builder countedTokens(int countedTokens) {
      this.countedTokens = countedTokens;
      return this;
    }

    /** Rate, epochs, batch and the rest. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      this.mostEpochs = Math.max(mostEpochs, training.epochs());
      return this;
    }

    /** Probability above which the parrot counts as found, above 0 and at most 1. */
    @CanIgnoreReturnValue
    public Builder enough(double enough) {
      this.enough = enough;
      return this;
    }

    /** Epochs in all that the training may go on for; set it after {@link #training}. */
    @CanIgnoreReturnValue
    public Builder mostEpochs(int mostEpochs) {
      this.mostEpochs = mostEpochs;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public SimulationOptions build() {
      return new SimulationOptions(
          response, length, position, countedTokens, training, enough, mostEpochs);
    }
  }
}
