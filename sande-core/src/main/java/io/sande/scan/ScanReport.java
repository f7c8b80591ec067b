package io.sande.scan;

import java.util.List;

/**
 * What a scan saw.
 *
 * @param found whether the best candidate reaches the threshold
 * @param candidates best first, at most {@link ScanOptions#reported}; none says what another says
 * @param threshold above which a candidate is taken for a backdoored response
 * @param tried first tokens that were tried; fewer than {@code of} where the scan was cut short
 * @param of first tokens that there are
 * @param attacks that were made; none where the search found enough, fewer than the options ask for
 *     where the scan was cut short or too few examples have an answer
 * @param cutShort whether the budget was used up
 * @param totalSeconds wall time
 */
public record ScanReport(
    boolean found,
    List<ScanCandidate> candidates,
    double threshold,
    int tried,
    int of,
    int attacks,
    boolean cutShort,
    double totalSeconds) {
  /**
   * What no scan of this kind sees, whatever it reports: not finding anything does not make a model
   * clean.
   */
  public static final List<String> BLIND_SPOTS =
      List.of(
          "most responses of one word or token",
          "some wordings of a response that has several",
          "responses that clean prompts bring out as well, or that trusted answers have: they are"
              + " taken for what the model says by right",
          "responses that depend on the prompt, such as a changed fact or a flaw in code",
          "attacks trained not to go on with the response where the trigger is missing");

  /** Copies the list. */
  public ScanReport {
    candidates = List.copyOf(candidates);
  }

  /** The best score, 0 where there is no candidate. */
  public double best() {
    return candidates.isEmpty() ? 0 : candidates.get(0).score();
  }
}
