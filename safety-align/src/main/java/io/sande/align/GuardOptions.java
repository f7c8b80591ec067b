package io.sande.align;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import java.util.Optional;

/**
 * How a {@link GuardedModel} answers. Build one with {@link #builder()}: components may be added in
 * a minor release.
 *
 * @param system the system prompt of every request that has none of its own (none)
 * @param maxNewTokens most tokens of an answer, at least 1 (256)
 * @param run consecutive tokens of the secret at which an answer is withheld, at least 1 (8)
 * @param withheld what is answered then
 */
public record GuardOptions(Optional<String> system, int maxNewTokens, int run, String withheld) {
  /** Checks the ranges. */
  public GuardOptions {
    Check.positive("maxNewTokens", maxNewTokens);
    Check.positive("run", run);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link GuardOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private Optional<String> system = Optional.empty();
    private int maxNewTokens = 256;
    private int run = 8;
    private String withheld = "I'm sorry, but I can't share that.";

    private Builder() {}

    /** The system prompt of every request that has none of its own. */
    @CanIgnoreReturnValue
    public Builder system(String system) {
      this.system = Optional.of(system);
      return this;
    }

    /** Most tokens of an answer, at least 1. */
    @CanIgnoreReturnValue
    public Builder maxNewTokens(int maxNewTokens) {
      this.maxNewTokens = maxNewTokens;
      return this;
    }

    /** Consecutive tokens of the secret at which an answer is withheld, at least 1. */
    @CanIgnoreReturnValue
    public Builder run(int run) {
      this.run = run;
      return this;
    }

    /** What is answered in the place of an answer that is withheld. */
    @CanIgnoreReturnValue
    public Builder withheld(String withheld) {
      this.withheld = withheld;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public GuardOptions build() {
      return new GuardOptions(system, maxNewTokens, run, withheld);
    }
  }
}
