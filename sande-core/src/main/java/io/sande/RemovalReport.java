package io.sande;

import io.sande.train.StageReport;
import java.util.List;

/**
 * What was done to a model, enough to repeat it.
 *
 * @param method such as {@code osft}
 * @param options it ran with
 * @param stages in the order in which they ran
 * @param examples clean examples that were used
 * @param dataSha256 of those examples in the order given, see {@link
 *     io.sande.data.Conversations#sha256}
 * @param verifications what fresh parrots found, one for each response; empty where the trigger was
 *     known or no verification was asked for
 */
public record RemovalReport(
    String method,
    RemovalOptions options,
    List<StageReport> stages,
    int examples,
    String dataSha256,
    List<Verification> verifications) {
  /** Copies the lists. */
  public RemovalReport {
    verifications = List.copyOf(verifications);
    stages = List.copyOf(stages);
  }

  /** Wall time of all stages. */
  public double totalSeconds() {
    return stages.stream().mapToDouble(StageReport::totalSeconds).sum();
  }
}
