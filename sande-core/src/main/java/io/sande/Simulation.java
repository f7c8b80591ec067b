package io.sande;

import io.sande.model.SoftPrompt;
import io.sande.train.StageReport;
import java.util.List;

/**
 * A parrot prompt and how well it acts as the trigger.
 *
 * @param parrot the trained vectors
 * @param response what it was trained to bring out
 * @param stages the epochs that were asked for, and those that were added because the response
 *     stayed unlikely
 * @param probability mean probability of the response's counted tokens under the parrot, on
 *     examples it was not trained on
 * @param tokenProbability geometric mean probability of all tokens of the response, most of which
 *     were not trained for
 */
public record Simulation(
    SoftPrompt parrot,
    String response,
    List<StageReport> stages,
    double probability,
    double tokenProbability) {
  /** Copies the list. */
  public Simulation {
    stages = List.copyOf(stages);
  }
}
