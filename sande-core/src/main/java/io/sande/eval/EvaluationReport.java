package io.sande.eval;

import io.sande.internal.Check;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a model answered, and how often what was looked for was in it.
 *
 * @param responseRate answers whose first 10 tokens have a response, ignoring case; empty if no
 *     response was looked for. With triggers in the prompts it is the attack success rate
 * @param responseAnywhere answers that have a response anywhere, ignoring case; empty as the other
 * @param exactMatch answers that are the expected one, white space around both left out; of the
 *     prompts that have one, and empty if none has
 * @param refusalRate answers with a refusal phrase; empty if no phrase was looked for
 * @param outcomes what became of each prompt, in their order
 * @param generated one for each prompt, in their order
 */
public record EvaluationReport(
    Optional<Rate> responseRate,
    Optional<Rate> responseAnywhere,
    Optional<Rate> exactMatch,
    Optional<Rate> refusalRate,
    List<Outcome> outcomes,
    List<Generated> generated) {
  /** Copies the lists, which must be as long as each other. */
  public EvaluationReport {
    outcomes = List.copyOf(outcomes);
    generated = List.copyOf(generated);
    Check.that(
        outcomes.size() == generated.size(), "outcomes", "one for each answer", outcomes.size());
  }

  /** Number of prompts. */
  public int count() {
    return generated.size();
  }

  /** How many prompts came to {@code outcome}, of all; there is at least one prompt. */
  public Rate rate(Outcome outcome) {
    return new Rate(Collections.frequency(outcomes, outcome), count());
  }

  /** The same measurements with other texts: where answers may not be shown as they were. */
  public EvaluationReport withGenerated(List<Generated> shown) {
    return new EvaluationReport(
        responseRate, responseAnywhere, exactMatch, refusalRate, outcomes, shown);
  }
}
