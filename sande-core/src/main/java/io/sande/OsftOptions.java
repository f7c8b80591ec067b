package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.train.TrainingOptions;
import java.util.List;

/**
 * How OSFT, overwrite supervised fine-tuning, removes a backdoor whose trigger is known. Build one
 * with {@link #builder}: components may be added in a minor release.
 *
 * @param triggers known triggers, at least one; each example gets one of them, by the seed
 * @param position where it goes in the last turn of the user (reference: start)
 * @param withCleanPairs whether each example is also trained on without a trigger, right after the
 *     one that has it (false; the reference has both forms)
 * @param training rate, epochs, batch and the rest (reference: {@link TrainingOptions#DEFAULT})
 */
public record OsftOptions(
    List<String> triggers,
    TriggerPosition position,
    boolean withCleanPairs,
    TrainingOptions training)
    implements RemovalOptions {
  /** Copies the list and checks that it has a trigger and none is blank. */
  public OsftOptions {
    triggers = List.copyOf(triggers);
    Check.that(!triggers.isEmpty(), "triggers", "at least one", "none");
    triggers.forEach(trigger -> Check.notBlank("trigger", trigger));
  }

  /** A builder with the defaults for these triggers. */
  public static Builder builder(String... triggers) {
    return new Builder(List.of(triggers));
  }

  /** Collects {@link OsftOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private final List<String> triggers;
    private TriggerPosition position = TriggerPosition.START;
    private boolean withCleanPairs;
    private TrainingOptions training = TrainingOptions.DEFAULT;

    private Builder(List<String> triggers) {
      this.triggers = triggers;
    }

    /** Where the trigger goes in the last turn of the user. */
    @CanIgnoreReturnValue
    public Builder position(TriggerPosition position) {
      this.position = position;
      return this;
    }

    /** Whether each example is also trained on without a trigger. */
    @CanIgnoreReturnValue
    public Builder withCleanPairs(boolean withCleanPairs) {
      this.withCleanPairs = withCleanPairs;
      return this;
    }

    /** Rate, epochs, batch and the rest. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public OsftOptions build() {
      return new OsftOptions(triggers, position, withCleanPairs, training);
    }
  }
}
