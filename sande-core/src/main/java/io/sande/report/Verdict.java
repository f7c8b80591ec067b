package io.sande.report;

import java.util.Collection;

/** What measurements say of what is required. */
public enum Verdict {
  /** The whole 95 % interval of each share is where it must be. */
  PASS,
  /** The whole 95 % interval of a share is where it must not be. */
  FAIL,
  /** The measurements allow both, or something required was not measured. */
  INCONCLUSIVE;

  /**
   * One verdict of all: FAIL if one fails, else INCONCLUSIVE if one is, else PASS. As all must
   * pass, a wrong PASS is no more likely than with one of them alone, so no correction is needed.
   */
  static Verdict of(Collection<Verdict> verdicts) {
    if (verdicts.contains(FAIL)) {
      return FAIL;
    }
    return verdicts.contains(INCONCLUSIVE) ? INCONCLUSIVE : PASS;
  }
}
