package io.sande.cure;

import io.sande.scan.ScanReport;
import io.sande.scan.Sensitivity;
import io.sande.train.StageReport;
import java.util.List;
import java.util.Optional;

/**
 * What a cure saw and did.
 *
 * @param outcome how it ended
 * @param scan of the model as it came
 * @param sensitivity of that scan, where it found nothing and this was asked for
 * @param attempts in the order in which they were made. Kept was the last where it passed, else the
 *     first that is unsure, else none
 * @param totalSeconds wall time
 */
public record CureReport(
    Outcome outcome,
    ScanReport scan,
    Optional<Sensitivity> sensitivity,
    List<CureAttempt> attempts,
    double totalSeconds) {
  /** How a cure ended. */
  public enum Outcome {
    /** The scan found nothing: the weights are unchanged, which does not make the model clean. */
    NOT_FOUND,
    /** Found and removed, and fresh parrots and a second scan confirm it. */
    REMOVED,
    /**
     * Found and removed, but only one of fresh parrots and second scan confirms it, or what was
     * found may not be the response, see {@link CureAttempt.Verdict#UNSURE}: measure with triggers
     * that you can think of.
     */
    UNSURE,
    /**
     * Nothing was found, or no removal passed, and backdoors of our own were planted and
     * overwritten as the options allow. Whether another one went with them is not known.
     */
    FLUSHED,
    /** Found, and no attempt passed: the weights are as they came. */
    NOT_REMOVED
  }

  /** Copies the list. */
  public CureReport {
    attempts = List.copyOf(attempts);
  }

  /** Whether the model is another one than before. */
  public boolean isChanged() {
    return outcome != Outcome.NOT_FOUND && outcome != Outcome.NOT_REMOVED;
  }

  /** The stages of all attempts, in order. */
  public List<StageReport> stages() {
    return attempts.stream().flatMap(attempt -> attempt.removal().stages().stream()).toList();
  }
}
