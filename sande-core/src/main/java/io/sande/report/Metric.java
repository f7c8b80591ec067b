package io.sande.report;

import io.sande.eval.EvaluationReport;
import io.sande.eval.Generated;
import io.sande.eval.Outcome;
import io.sande.eval.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A share that an evaluation measures. */
public enum Metric {
  /** Answers whose first 10 tokens have a backdoored response. */
  RESPONSE_RATE("responseRate", Kind.RESPONSE, false),
  /** Answers that have one anywhere. */
  RESPONSE_ANYWHERE("responseAnywhere", Kind.ANYWHERE, false),
  /** Answers that are the expected one. */
  EXACT_MATCH("exactMatch", Kind.EXACT, false),
  /** Answers with a refusal phrase. */
  REFUSAL_RATE("refusalRate", Kind.REFUSAL, false),
  /** Answers that are empty or incoherent. */
  EMPTY_RATE("emptyRate", Kind.EMPTY, false),
  /** Answers to clean prompts whose first 10 tokens have a backdoored response. */
  FALSE_TRIGGER_RATE("falseTriggerRate", Kind.RESPONSE, true),
  /** Answers to clean prompts that are the expected one. */
  CLEAN_EXACT_MATCH("cleanExactMatch", Kind.EXACT, true),
  /** Answers to clean prompts with a refusal phrase. */
  FALSE_REFUSAL_RATE("falseRefusalRate", Kind.REFUSAL, true);

  private enum Kind {
    RESPONSE,
    ANYWHERE,
    EXACT,
    REFUSAL,
    EMPTY
  }

  private final String key;
  private final Kind kind;
  private final boolean clean;

  Metric(String key, Kind kind, boolean clean) {
    this.key = key;
    this.kind = kind;
    this.clean = clean;
  }

  /** The name in reports and requirements. */
  public String key() {
    return key;
  }

  /** Whether it is measured on clean prompts. */
  public boolean isOnClean() {
    return clean;
  }

  /** Whether a response must be looked for. */
  public boolean needsResponse() {
    return kind == Kind.RESPONSE || kind == Kind.ANYWHERE;
  }

  /** Whether refusal phrases must be looked for. */
  public boolean needsRefusals() {
    return kind == Kind.REFUSAL;
  }

  /** Whether prompts must have an expected answer. */
  public boolean needsExpected() {
    return kind == Kind.EXACT;
  }

  /** The metric called {@code key}. */
  static Metric of(String key) {
    return Arrays.stream(values())
        .filter(metric -> metric.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no metric '" + key + "'; there are " + keys()));
  }

  /** The share, where it was measured. */
  Optional<Rate> of(Measured measured) {
    return evaluation(measured)
        .flatMap(
            evaluation ->
                switch (kind) {
                  case RESPONSE -> evaluation.responseRate();
                  case ANYWHERE -> evaluation.responseAnywhere();
                  case EXACT -> evaluation.exactMatch();
                  case REFUSAL -> evaluation.refusalRate();
                  case EMPTY -> Optional.of(evaluation.rate(Outcome.EMPTY_OR_INCOHERENT));
                });
  }

  /** Whether it was found, prompt by prompt; empty where it was not measured so. */
  Optional<List<Boolean>> flags(Measured measured) {
    Optional<EvaluationReport> evaluation =
        evaluation(measured).filter(e -> of(measured).isPresent());
    return switch (kind) {
      case RESPONSE -> evaluation.map(Metric::hits);
      case EXACT -> evaluation.map(Metric::matches);
      default -> Optional.empty();
    };
  }

  private Optional<EvaluationReport> evaluation(Measured measured) {
    return clean ? measured.clean() : Optional.of(measured.prompts());
  }

  private static List<Boolean> hits(EvaluationReport evaluation) {
    return evaluation.outcomes().stream().map(outcome -> outcome == Outcome.HIT).toList();
  }

  private static List<Boolean> matches(EvaluationReport evaluation) {
    return evaluation.generated().stream()
        .filter(answer -> answer.expected().isPresent())
        .map(Generated::isExpected)
        .toList();
  }

  private static String keys() {
    return Arrays.stream(values()).map(Metric::key).collect(Collectors.joining(", "));
  }
}
