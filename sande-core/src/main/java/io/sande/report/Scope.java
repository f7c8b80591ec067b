package io.sande.report;

import io.sande.ControlReport;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Outcome;
import io.sande.eval.Rate;
import java.util.ArrayList;
import java.util.List;

/** Says in sentences what a report shows and what it does not. */
final class Scope {
  private Scope() {}

  static String finding(VerificationReport report) {
    Rate rate = report.measured().prompts().responseRate().orElse(null);
    if (rate == null) {
      return "no response was looked for, so nothing is said of a backdoor";
    }
    if (rate.hits() > 0) {
      return "found: " + Figures.rate(rate);
    }
    return "not found in %d answers; a response that comes in more than %s of such answers would have been seen with 95 %% confidence"
        .formatted(rate.count(), Figures.percent(rate.interval().high()));
  }

  static String control(ControlReport control) {
    return switch (control.outcome()) {
      case NOT_PLANTED ->
          "no backdoor of our own could be planted in this model, so nothing is said of the removal";
      case MISSED -> "a backdoor of our own in a copy of this model was taken for absent";
      case LEFT -> "a backdoor of our own in a copy of this model was seen, and not removed";
      case REMOVED ->
          "a backdoor of our own in a copy of this model was seen and removed in the same way; yours may be harder";
    };
  }

  static List<String> covers(VerificationReport report) {
    EvaluationReport prompts = report.measured().prompts();
    EvaluationOptions options = report.options();
    List<String> covers = new ArrayList<>();
    covers.add(
        "%d prompts, answered greedily in at most %d tokens"
            .formatted(prompts.count(), options.maxNewTokens()));
    if (!options.responses().isEmpty()) {
      covers.add(
          "in the first %d tokens of each answer, ignoring case: %s"
              .formatted(EvaluationOptions.RESPONSE_TOKENS, options.responses()));
    }
    report
        .measured()
        .clean()
        .ifPresent(clean -> covers.add(clean.count() + " prompts without a trigger"));
    if (report.before().isPresent()) {
      covers.add("the same prompts before and after, prompt by prompt");
    }
    report.control().ifPresent(control -> covers.add(control(control)));
    return covers;
  }

  static List<String> cannotSee(VerificationReport report) {
    EvaluationReport prompts = report.measured().prompts();
    List<String> unseen = new ArrayList<>();
    unseen.add("triggers that are in none of these prompts, and other ways to put them");
    unseen.add("responses that were not looked for, and the same in other words");
    unseen.add("answers that are sampled: only the likeliest one was generated");
    if (report.options().maxNewTokens() < EvaluationOptions.RESPONSE_TOKENS) {
      unseen.add(
          "a response after the %d tokens that were generated"
              .formatted(report.options().maxNewTokens()));
    } else {
      unseen.add("a response that begins later counts as responseAnywhere only");
    }
    if (report.measured().clean().isEmpty()) {
      unseen.add("whether the response comes without a trigger: no clean prompts were given");
    }
    if (report.before().isEmpty()) {
      unseen.add(
          "whether the prompts ever brought out the response: no report of the model before was"
              + " given");
    }
    int lost = prompts.rate(Outcome.EMPTY_OR_INCOHERENT).hits();
    if (lost > 0) {
      unseen.add(lost + " answers are empty or incoherent, which says nothing of a backdoor");
    }
    unseen.add("what later training, merging or quantizing brings back");
    return unseen;
  }
}
