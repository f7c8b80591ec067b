package io.sande.examples.cli;

import io.sande.Verification;
import java.util.Locale;

/** What reports have of one verification. */
record Verified(
    String response,
    double before,
    double after,
    double control,
    double momentum,
    double momentumAfter,
    Verification.Conclusion conclusion) {
  static Verified of(Verification v) {
    return new Verified(
        v.response(),
        v.before(),
        v.after(),
        v.control(),
        v.momentum(),
        v.momentumAfter(),
        v.conclusion());
  }

  /** The same for a reader. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s: %s (before %.3f, after %.3f, control %.3f)",
        Terminal.visible(response),
        conclusion.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        before,
        after,
        control);
  }
}
