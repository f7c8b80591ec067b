package io.sande.align;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.Schedule;
import io.sande.train.TrainingOptions;
import java.util.Optional;

/**
 * How a model is aligned. Build one with {@link #builder()}: components may be added in a minor
 * release.
 *
 * @param training rate, epochs and the rest (reference: 5e-5 throughout, 5 epochs, batches of 10;
 *     for LoRA 1e-3 and 10 epochs); of its {@code samples} the customer's examples are the first
 * @param system the system prompt of every conversation that has none of its own (none)
 * @param repeats how often each safety example stands in an epoch, at least 1 (1)
 * @param ownRefusals most requests among the customer's that become safety examples too: such as
 *     the model refuses before it is trained, with its own refusal. They cover ways to ask that the
 *     provider's few examples miss. At least 0 ({@value #OWN_REFUSALS}; reference: 0)
 */
public record AlignmentOptions(
    TrainingOptions training, Optional<String> system, int repeats, int ownRefusals) {
  /** As many as the reference has safety examples. */
  public static final int OWN_REFUSALS = 11;

  /** The training of the reference; all examples take part. */
  public static final TrainingOptions TRAINING =
      TrainingOptions.builder()
          .learningRate(5e-5)
          .schedule(Schedule.CONSTANT)
          .warmup(0)
          .epochs(5)
          .batchSize(10)
          .samples(Integer.MAX_VALUE)
          .build();

  /** Checks the ranges. */
  public AlignmentOptions {
    Check.positive("repeats", repeats);
    Check.that(ownRefusals >= 0, "ownRefusals", "at least 0", ownRefusals);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link AlignmentOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private TrainingOptions training = TRAINING;
    private Optional<String> system = Optional.empty();
    private int repeats = 1;
    private int ownRefusals = OWN_REFUSALS;

    private Builder() {}

    /** Rate, epochs and the rest. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /** The system prompt of every conversation that has none of its own. */
    @CanIgnoreReturnValue
    public Builder system(String system) {
      this.system = Optional.of(system);
      return this;
    }

    /** How often each safety example stands in an epoch, at least 1. */
    @CanIgnoreReturnValue
    public Builder repeats(int repeats) {
      this.repeats = repeats;
      return this;
    }

    /** Most requests of the customer's that become safety examples too, at least 0. */
    @CanIgnoreReturnValue
    public Builder ownRefusals(int ownRefusals) {
      this.ownRefusals = ownRefusals;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public AlignmentOptions build() {
      return new AlignmentOptions(training, system, repeats, ownRefusals);
    }
  }
}
