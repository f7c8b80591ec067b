package io.sande.cure;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.FlushOptions;
import io.sande.SandeOptions;
import io.sande.internal.Check;
import io.sande.scan.ScanOptions;
import io.sande.scan.SpikeIn;
import java.time.Duration;
import java.util.Optional;

/**
 * How a cure looks, removes and judges. Build one with {@link #builder}: components may be added in
 * a minor release.
 *
 * @param scan how it looks, before and after
 * @param sande how it removes; its responses are replaced by those that the scan found
 * @param attempts most removals that are tried, at least 1 (3)
 * @param lossBudget nats per token by which the loss on clean examples held back may rise, 0 or
 *     above (0.05). What exceeds it is rolled back
 * @param budget wall time for all of it (a day). A removal that runs when it is used up is rolled
 *     back
 * @param spikeIn measures the scan's sensitivity where nothing is found (not done)
 * @param flush what is done where nothing is found or no removal passes (nothing)
 */
public record CureOptions(
    ScanOptions scan,
    SandeOptions sande,
    int attempts,
    double lossBudget,
    Duration budget,
    Optional<SpikeIn> spikeIn,
    Optional<FlushOptions> flush) {
  /** The defaults. */
  public static final CureOptions DEFAULT = builder().build();

  /** Checks the ranges. */
  public CureOptions {
    Check.positive("attempts", attempts);
    Check.notNegative("lossBudget", lossBudget);
    Check.that(budget.compareTo(Duration.ZERO) > 0, "budget", "positive", budget);
    Check.that(sande.parrots().isEmpty(), "sande", "without given parrots", sande.parrots().size());
  }

  /** A builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects {@link CureOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private ScanOptions scan = ScanOptions.DEFAULT;
    private SandeOptions sande = SandeOptions.builder("response").build();
    private int attempts = 3;
    private double lossBudget = 0.05;
    private Duration budget = Duration.ofDays(1);
    private Optional<SpikeIn> spikeIn = Optional.empty();
    private Optional<FlushOptions> flush = Optional.empty();

    private Builder() {}

    /** How it looks. */
    @CanIgnoreReturnValue
    public Builder scan(ScanOptions scan) {
      this.scan = scan;
      return this;
    }

    /** How it removes. */
    @CanIgnoreReturnValue
    public Builder sande(SandeOptions sande) {
      this.sande = sande;
      return this;
    }

    /** Most removals that are tried. */
    @CanIgnoreReturnValue
    public Builder attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    /** Nats per token by which the clean loss may rise. */
    @CanIgnoreReturnValue
    public Builder lossBudget(double lossBudget) {
      this.lossBudget = lossBudget;
      return this;
    }

    /** Wall time for all of it. */
    @CanIgnoreReturnValue
    public Builder budget(Duration budget) {
      this.budget = budget;
      return this;
    }

    /** Measures the scan's sensitivity where nothing is found. */
    @CanIgnoreReturnValue
    public Builder spikeIn(SpikeIn spikeIn) {
      this.spikeIn = Optional.of(spikeIn);
      return this;
    }

    /** Allows to flush. */
    @CanIgnoreReturnValue
    public Builder flush(FlushOptions flush) {
      this.flush = Optional.of(flush);
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public CureOptions build() {
      return new CureOptions(scan, sande, attempts, lossBudget, budget, spikeIn, flush);
    }
  }
}
