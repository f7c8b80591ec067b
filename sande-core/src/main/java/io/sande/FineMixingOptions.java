package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.TrainingOptions;

/**
 * How Fine-mixing works, in the variant of the SANDE repository. Build one with {@link #builder}:
 * components may be added in a minor release.
 *
 * @param quantile of the distances between the two models' weights, tensor by tensor; weights at or
 *     above it become the clean model's. At least 0 and below 1 (reference: 0.8)
 * @param training of the mixed model on the clean examples (reference: {@link
 *     TrainingOptions#DEFAULT})
 */
public record FineMixingOptions(double quantile, TrainingOptions training)
    implements RemovalOptions {
  /** Checks the values. */
  public FineMixingOptions {
    Check.fraction("quantile", quantile);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link FineMixingOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private double quantile = 0.8;
    private TrainingOptions training = TrainingOptions.DEFAULT;

    private Builder() {}

    /** Share of each tensor that stays the victim's, at least 0 and below 1. */
    @CanIgnoreReturnValue
    public Builder quantile(double quantile) {
      this.quantile = quantile;
      return this;
    }

    /** Rate, epochs, batch and the rest. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public FineMixingOptions build() {
      return new FineMixingOptions(quantile, training);
    }
  }
}
