package io.sande.cure;

import io.sande.scan.ScanReport;
import io.sande.train.StageReport;
import java.util.List;

/**
 * What a cure saw and did.
 *
 * @param outcome how it ended
 * @param scan of the model as it came
 * @param attempts in the order in which they were made; the last is the one that was kept, unless
 *     all were rolled back
 * @param totalSeconds wall time
 */
public record CureReport(
    Outcome outcome, ScanReport scan, List<CureAttempt> attempts, double totalSeconds) {
  /** How a cure ended. */
  public enum Outcome {
    /** The scan found nothing: the weights are unchanged, which does not make the model clean. */
    NOT_FOUND,
    /** Found and removed, and fresh parrots and a second scan confirm it. */
    REMOVED,
    /** Found, and no attempt passed: the weights are as they came. */
    NOT_REMOVED
  }

  /** Copies the list. */
  public CureReport {
    attempts = List.copyOf(attempts);
  }

  /** Whether the model is another one than before. */
  public boolean isChanged() {
    return outcome == Outcome.REMOVED;
  }

  /** The stages of all attempts, in order. */
  public List<StageReport> stages() {
    return attempts.stream().flatMap(attempt -> attempt.removal().stages().stream()).toList();
  }
}
