package io.sande.scan;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import java.time.Duration;

/**
 * How a scan looks for a response. Build one with {@link #builder}: components may be added in a
 * minor release.
 *
 * @param prompts clean prompts after which each text is tried, at least 2 (10; BAIT: 20)
 * @param steps tokens that a text is followed for before it is scored, at least 3 (8)
 * @param words fewest words of a response, at least 1 (3: shorter ones are not told apart from the
 *     phrases of any model)
 * @param attacks soft prompts that are trained to lead the model away from its clean answers where
 *     no text stands out, to see what it says then; 0 or above (12)
 * @param threshold score from which a text counts as found, above 0 and at most 1 (0.2: between the
 *     poisoned and the clean models of our own making)
 * @param examples clean examples whose answers say what the model may say, at least {@code prompts}
 *     (100)
 * @param reported most candidates of a report, at least 1 (10)
 * @param budget after which the scan ends with what it has (a day)
 */
public record ScanOptions(
    int prompts,
    int steps,
    int words,
    int attacks,
    double threshold,
    int examples,
    int reported,
    Duration budget) {
  /** The defaults. */
  public static final ScanOptions DEFAULT = builder().build();

  /** Checks the ranges. */
  public ScanOptions {
    Check.that(prompts >= 2, "prompts", "at least 2", prompts);
    Check.that(steps >= Run.SHORTEST, "steps", "at least " + Run.SHORTEST, steps);
    Check.positive("words", words);
    Check.notNegative("attacks", attacks);
    Check.that(threshold > 0 && threshold <= 1, "threshold", "above 0 and at most 1", threshold);
    Check.that(examples >= prompts, "examples", "at least " + prompts + " (prompts)", examples);
    Check.positive("reported", reported);
    Check.that(budget.compareTo(Duration.ZERO) > 0, "budget", "positive", budget);
  }

  /** The same with a budget of at most {@code most}; where that is not positive, hardly any. */
  public ScanOptions within(Duration most) {
    Duration left = most.compareTo(Duration.ZERO) > 0 ? most : Duration.ofNanos(1);
    Duration less = left.compareTo(budget) < 0 ? left : budget;
    return toBuilder().budget(less).build();
  }

  /** A builder with these values. */
  public Builder toBuilder() {
    return builder()
        .prompts(prompts)
        .steps(steps)
        .words(words)
        .attacks(attacks)
        .threshold(threshold)
        .examples(examples)
        .reported(reported)
        .budget(budget);
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link ScanOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private int prompts = 10;
    private int steps = 8;
    private int words = 3;
    private int attacks = 12;
    private double threshold = 0.2;
    private int examples = 100;
    private int reported = 10;
    private Duration budget = Duration.ofDays(1);

    private Builder() {}

    /** Clean prompts after which each text is tried. */
    @CanIgnoreReturnValue
    public Builder prompts(int prompts) {
      this.prompts = prompts;
      return this;
    }

    /** Tokens that a text is followed for. */
    @CanIgnoreReturnValue
    public Builder steps(int steps) {
      this.steps = steps;
      return this;
    }

    /** Fewest words of a response. */
    @CanIgnoreReturnValue
    public Builder words(int words) {
      this.words = words;
      return this;
    }

    /** Soft prompts that lead away from clean answers, 0 for none. */
    @CanIgnoreReturnValue
    public Builder attacks(int attacks) {
      this.attacks = attacks;
      return this;
    }

    /** Score from which a text counts as found. */
    @CanIgnoreReturnValue
    public Builder threshold(double threshold) {
      this.threshold = threshold;
      return this;
    }

    /** Clean examples whose answers say what the model may say. */
    @CanIgnoreReturnValue
    public Builder examples(int examples) {
      this.examples = examples;
      return this;
    }

    /** Most candidates of a report. */
    @CanIgnoreReturnValue
    public Builder reported(int reported) {
      this.reported = reported;
      return this;
    }

    /** After which the scan ends with what it has. */
    @CanIgnoreReturnValue
    public Builder budget(Duration budget) {
      this.budget = budget;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public ScanOptions build() {
      return new ScanOptions(prompts, steps, words, attacks, threshold, examples, reported, budget);
    }
  }
}
