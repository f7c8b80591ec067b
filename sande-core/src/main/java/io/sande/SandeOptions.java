package io.sande;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sande.internal.Check;
import io.sande.model.SoftPrompt;
import io.sande.train.TrainingOptions;
import java.util.List;

/**
 * How SANDE removes a backdoor of which only the response is known. Build one with {@link
 * #builder}: components may be added in a minor release.
 *
 * @param responses what the backdoored model answers, or the first words of it (SANDE-P); at least
 *     one
 * @param simulation how parrots are trained; its response is replaced by each of {@code responses}
 * @param parrots trained before, one for each response in order, or none: then they are simulated
 * @param countedTokens tokens of the clean answer that carry loss under a parrot, from the first;
 *     at least 1 (reference: 10)
 * @param training of the weights: samples, batch, seed and the rest; rate, epochs and weights count
 *     in a fixed elimination only (reference: {@link TrainingOptions#DEFAULT})
 * @param elimination how long and how fast ({@link Elimination.Adaptive#DEFAULT})
 * @param verify whether a fresh parrot is trained against the result, and one against a response
 *     that was never planted (true)
 */
public record SandeOptions(
    List<String> responses,
    SimulationOptions simulation,
    List<SoftPrompt> parrots,
    int countedTokens,
    TrainingOptions training,
    Elimination elimination,
    boolean verify)
    implements RemovalOptions {
  /** Copies the lists and checks the ranges. */
  public SandeOptions {
    responses = List.copyOf(responses);
    parrots = List.copyOf(parrots);
    Check.that(!responses.isEmpty(), "responses", "at least one", "none");
    responses.forEach(response -> Check.notBlank("response", response));
    Check.that(
        parrots.isEmpty() || parrots.size() == responses.size(),
        "parrots",
        "none, or one for each of " + responses.size() + " responses",
        parrots.size());
    Check.positive("countedTokens", countedTokens);
  }

  /** A builder with the defaults for these responses. */
  public static Builder builder(String... responses) {
    return new Builder(List.of(responses));
  }

  /** Collects {@link SandeOptions}; what is not set keeps the value written here. */
  public static final class Builder {
    private final List<String> responses;
    private SimulationOptions simulation = SimulationOptions.builder("response").build();
    private List<SoftPrompt> parrots = List.of();
    private int countedTokens = 10;
    private TrainingOptions training = TrainingOptions.DEFAULT;
    private Elimination elimination = Elimination.Adaptive.DEFAULT;
    private boolean verify = true;

    private Builder(List<String> responses) {
      this.responses = responses;
    }

    /** How parrots are trained. */
    @CanIgnoreReturnValue
    public Builder simulation(SimulationOptions simulation) {
      this.simulation = simulation;
      return this;
    }

    /** Parrots trained before, one for each response. */
    @CanIgnoreReturnValue
    public Builder parrots(List<SoftPrompt> parrots) {
      this.parrots = parrots;
      return this;
    }

    /** Tokens of the clean answer that carry loss under a parrot, at least 1. */
    @CanIgnoreReturnValue
    public Builder countedTokens(int countedTokens) {
      this.countedTokens = countedTokens;
      return this;
    }

    /** How the weights are trained. */
    @CanIgnoreReturnValue
    public Builder training(TrainingOptions training) {
      this.training = training;
      return this;
    }

    /** How long and how fast. */
    @CanIgnoreReturnValue
    public Builder elimination(Elimination elimination) {
      this.elimination = elimination;
      return this;
    }

    /** Whether fresh parrots measure the result. */
    @CanIgnoreReturnValue
    public Builder verify(boolean verify) {
      this.verify = verify;
      return this;
    }

    /** Checks all values; an {@link IllegalArgumentException} names the first bad one. */
    public SandeOptions build() {
      return new SandeOptions(
          responses, simulation, parrots, countedTokens, training, elimination, verify);
    }
  }
}
