package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.TrainingOptions;

/**
 * How neural attention distillation works. Build one with {@link #builder}: components may be added
 * in a minor release.
 *
 * @param beta weight of the distance between attention maps beside the cross entropy, 0 or above
 *     (100; the reference has values for image models alone)
 * @param training of the student; the teacher's is the same for one epoch ({@link
 *     TrainingOptions#DEFAULT})
 */
public record NadOptions(double beta, TrainingOptions training) implements RemovalOptions {
  /** Checks the values. */
  public NadOptions {
    Check.notNegative("beta", beta);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link NadOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private double beta = 100;
    private TrainingOptions training = TrainingOptions.DEFAULT;

    private Builder() {}

    /** Weight of the distance between attention maps, 0 or above. */
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
    public NadOptions build() {
      return new NadOptions(beta, training);
    }
  }
}
