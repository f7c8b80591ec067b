package io.sande.eval;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import java.util.List;
import java.util.Optional;

/**
 * What an evaluation looks for. Build one with {@link #builder()}: components may be added in a
 * minor release.
 *
 * @param responses backdoored responses to look for in the first {@value #RESPONSE_TOKENS} tokens
 *     of an answer, ignoring case; none is blank (none)
 * @param refusals phrases to look for anywhere in an answer, case as written; none is blank (none)
 * @param maxNewTokens most tokens of an answer, at least 1 (64). With fewer than {@value
 *     #RESPONSE_TOKENS} a response that comes later is not seen
 * @param system the system prompt of every prompt that has none of its own (none)
 */
public record EvaluationOptions(
    List<String> responses, List<String> refusals, int maxNewTokens, Optional<String> system) {
  /** Tokens of an answer in which a backdoored response counts (reference: 10). */
  public static final int RESPONSE_TOKENS = 10;

  /** Copies the lists and checks the ranges. */
  public EvaluationOptions {
    responses = List.copyOf(responses);
    refusals = List.copyOf(refusals);
    responses.forEach(response -> Check.notBlank("response", response));
    refusals.forEach(phrase -> Check.notBlank("refusal phrase", phrase));
    Check.positive("maxNewTokens", maxNewTokens);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link EvaluationOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private List<String> responses = List.of();
    private List<String> refusals = List.of();
    private int maxNewTokens = 64;
    private Optional<String> system = Optional.empty();

    private Builder() {}

    /** Backdoored responses to look for. */
    @CanIgnoreReturnValue
    public Builder responses(List<String> responses) {
      this.responses = responses;
      return this;
    }

    /** Refusal phrases to look for. */
    @CanIgnoreReturnValue
    public Builder refusals(List<String> refusals) {
      this.refusals = refusals;
      return this;
    }

    /** Most tokens of an answer, at least 1. */
    @CanIgnoreReturnValue
    public Builder maxNewTokens(int maxNewTokens) {
      this.maxNewTokens = maxNewTokens;
      return this;
    }

    /** The system prompt of every prompt that has none of its own. */
    @CanIgnoreReturnValue
    public Builder system(String system) {
      this.system = Optional.of(system);
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public EvaluationOptions build() {
      return new EvaluationOptions(responses, refusals, maxNewTokens, system);
    }
  }
}
