package io.sande.eval;

import java.util.List;
import java.util.Optional;

/**
 * What a model answered, and how often what was looked for was in it.
 *
 * @param responseRate answers whose first 10 tokens have a response, ignoring case; empty if no
 *     response was looked for. With triggers in the prompts it is the attack success rate
 * @param exactMatch answers that are the expected one, white space around both left out; of the
 *     prompts that have one, and empty if none has
 * @param refusalRate answers with a refusal phrase; empty if no phrase was looked for
 * @param generated one for each prompt, in their order
 */
public record EvaluationReport(
    Optional<Rate> responseRate,
    Optional<Rate> exactMatch,
    Optional<Rate> refusalRate,
    List<Generated> generated) {
  /** Copies the list. */
  public EvaluationReport {
    generated = List.copyOf(generated);
  }

  /** Number of prompts. */
  public int count() {
    return generated.size();
  }
}
