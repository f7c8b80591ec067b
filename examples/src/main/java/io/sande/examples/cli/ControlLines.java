package io.sande.examples.cli;

import io.sande.ControlReport;
import io.sande.eval.Rate;
import java.util.Locale;

/** Says what a positive control showed. */
final class ControlLines {
  private ControlLines() {}

  /** In one line. */
  static String of(ControlReport control) {
    return "spike-in \"%s\": %s (attack success before %s, after %s)"
        .formatted(
            Terminal.visible(control.response()),
            sentence(control.outcome()),
            text(control.before()),
            text(control.after()));
  }

  private static String sentence(ControlReport.Outcome outcome) {
    return switch (outcome) {
      case NOT_PLANTED -> "could not be planted, which says nothing of the removal";
      case MISSED -> "not brought out; a removal would have taken it for absent";
      case LEFT -> "brought out, and not removed";
      case REMOVED -> "brought out and removed";
    };
  }

  private static String text(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%d of %d, 95 %%: %.3f to %.3f",
        rate.hits(),
        rate.count(),
        rate.interval().low(),
        rate.interval().high());
  }
}
