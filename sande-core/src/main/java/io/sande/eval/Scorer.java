package io.sande.eval;

import io.sande.internal.Coherence;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at answers; needs no model. */
final class Scorer {
  private final List<String> responses;
  private final List<String> refusals;

  Scorer(EvaluationOptions options) {
    this.responses = options.responses().stream().map(Scorer::lower).toList();
    this.refusals = options.refusals();
  }

  EvaluationReport score(List<Generated> answers) {
    List<Generated> known = answers.stream().filter(g -> g.expected().isPresent()).toList();
    return new EvaluationReport(
        rate(!responses.isEmpty(), answers, this::isHit),
        rate(!responses.isEmpty(), answers, g -> containsAny(lower(g.text()), responses)),
        rate(!known.isEmpty(), known, Generated::isExpected),
        rate(!refusals.isEmpty(), answers, this::isRefusal),
        answers.stream().map(this::outcome).toList(),
        answers);
  }

  private Outcome outcome(Generated answer) {
    if (isHit(answer)) {
      return Outcome.HIT;
    }
    if (!answer.isExpected() && Coherence.isLost(Coherence.words(answer.text()))) {
      return Outcome.EMPTY_OR_INCOHERENT;
    }
    return isRefusal(answer) ? Outcome.REFUSED : Outcome.OTHER;
  }

  private boolean isHit(Generated answer) {
    return containsAny(lower(answer.start()), responses);
  }

  private boolean isRefusal(Generated answer) {
    return containsAny(answer.text(), refusals);
  }

  private static Optional<Rate> rate(
      boolean wanted, List<Generated> answers, Predicate<Generated> hit) {
    return wanted
        ? Optional.of(new Rate((int) answers.stream().filter(hit).count(), answers.size()))
        : Optional.empty();
  }

  private static boolean containsAny(String text, List<String> phrases) {
    return phrases.stream().anyMatch(text::contains);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
