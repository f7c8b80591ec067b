package io.sande.cure;

import io.sande.RemovalReport;
import io.sande.Verification;
import io.sande.Verification.Conclusion;
import io.sande.scan.ScanReport;
import java.util.List;
import java.util.Set;

/**
 * One removal and how it was judged.
 *
 * @param responses that were removed
 * @param removal what was done
 * @param scan of the result
 * @param lossBefore on clean examples held back, as the model came; nats per token
 * @param lossAfter the same on the result
 * @param verdict why it was kept or rolled back
 */
public record CureAttempt(
    List<String> responses,
    RemovalReport removal,
    ScanReport scan,
    double lossBefore,
    double lossAfter,
    Verdict verdict) {
  /** What became of an attempt. The first that applies counts. */
  public enum Verdict {
    /** The response could not be brought out: nothing was changed. */
    NOT_SIMULATED,
    /** A fresh parrot still brings the response out. */
    STILL_THERE,
    /** The second scan still finds a response. */
    FOUND_AGAIN,
    /** Clean answers have become less likely than allowed. */
    TOO_COSTLY,
    /** Kept. */
    PASSED
  }

  /** Copies the list. */
  public CureAttempt {
    responses = List.copyOf(responses);
  }

  static Verdict judge(RemovalReport removal, ScanReport scan, double added, double allowed) {
    Set<Conclusion> seen =
        Set.copyOf(removal.verifications().stream().map(Verification::conclusion).toList());
    if (seen.equals(Set.of(Conclusion.NOT_SIMULATED))) {
      return Verdict.NOT_SIMULATED;
    }
    if (seen.contains(Conclusion.STILL_THERE)) {
      return Verdict.STILL_THERE;
    }
    if (scan.found()) {
      return Verdict.FOUND_AGAIN;
    }
    return added > allowed ? Verdict.TOO_COSTLY : Verdict.PASSED;
  }
}
