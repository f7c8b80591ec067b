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
 * @param responses that were removed; none where it was a flush
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
    /** Clean answers have become less likely than allowed. */
    TOO_COSTLY,
    /**
     * The second scan finds a response, and parrots reach theirs or it goes on as firmly as one
     * that was just planted.
     */
    FOUND_AGAIN,
    /**
     * Either fresh parrots or the second scan confirm it, not both: parrots that were trained on
     * all of the response can reach one that no trigger does, and a scan sees that a response goes
     * on once it has begun, though nothing begins it any more. Or both confirm it, but what the
     * first scan found went on so weakly that it may have stood beside the response. Kept only if
     * no attempt passes.
     */
    UNSURE,
    /** Kept. */
    PASSED
  }

  /** All victims found at half or above had more than this before (benchmarks' results). */
  private static final double FIRM = 0.9;

  /**
   * Of three texts that scans found with less, one stood beside the planted response, and what both
   * judges confirmed left most of the attacks (benchmarks' results).
   */
  private static final double SURE = 0.5;

  /** Copies the list. */
  public CureAttempt {
    responses = List.copyOf(responses);
  }

  /**
   * What to think of a removal.
   *
   * @param found score of what was removed in the first scan
   * @param scan the second one
   */
  static Verdict judge(
      RemovalReport removal, double found, ScanReport scan, double added, double allowed) {
    Set<Conclusion> seen =
        Set.copyOf(removal.verifications().stream().map(Verification::conclusion).toList());
    if (seen.equals(Set.of(Conclusion.NOT_SIMULATED))) {
      return Verdict.NOT_SIMULATED;
    }
    if (seen.contains(Conclusion.STILL_THERE)) {
      return Verdict.STILL_THERE;
    }
    if (added > allowed) {
      return Verdict.TOO_COSTLY;
    }
    boolean reached = seen.contains(Conclusion.UNSURE);
    if (scan.found() && (reached || scan.best() >= FIRM)) {
      return Verdict.FOUND_AGAIN;
    }
    return reached || scan.found() ? Verdict.UNSURE : best(found);
  }

  /** The verdict that none is better than of what was found with this score. */
  static Verdict best(double found) {
    return found < SURE ? Verdict.UNSURE : Verdict.PASSED;
  }
}
