package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.TrainingOptions;

/**
 * How direct preference optimization works. Build one with {@link #builder}: components may be
 * added in a minor release.
 *
 * @param response what the backdoored model answers; stands before the clean answer in the rejected
 *     one
 * @param beta how hard the model is held to what it was, above 0 (reference: 0.1)
 * @param training of the weights; its batch size counts pairs ({@link TrainingOptions#DEFAULT})
 */
public record DpoOptions(String response, double beta, TrainingOptions training)
    implements RemovalOptions {
  /** Checks the values. */
  public DpoOptions {
    Check.notBlank("response", response);
    Check.positive("beta", beta);
  }

  /** A builder with the defaults for this response. */
  public static Builder builder(String response) {
    return new Builder(response);
  }

  /** Collects {@link DpoOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private final String response;
    private double beta = 0.1;
    private TrainingOptions training = TrainingOptions.DEFAULT;

    private Builder(String response) {
      this.response = response;
    }

    /** How hard the model is held to what it was, above 0. */
    @CanIgnoreReturnValue
    public Builder beta(double beta) {
      this.beta = beta;
      return this;
    }

    /** Rate, epochs, batch and the rest. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public DpoOptions build() {
      return new DpoOptions(response, beta, training);
    }
  }
}
