package io.sande.report;

import io.sande.ControlReport;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Paired;
import io.sande.train.StageReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that one verification found: what was measured, before and after a change if both are known,
 * what was required, how to repeat it, and what it cannot see. Immutable.
 *
 * @param provenance of the run
 * @param options the answers were generated and looked at with
 * @param measured answers of the model
 * @param before answers to the same prompts of the model before the change, if they are known;
 *     counted with the same options
 * @param stages of the training between, if it is known; else empty
 * @param control of the removal between, if there was one
 * @param requirements that must hold; may be empty
 */
public record VerificationReport(
    Provenance provenance,
    EvaluationOptions options,
    Measured measured,
    Optional<Measured> before,
    List<StageReport> stages,
    Optional<ControlReport> control,
    List<Requirement> requirements) {
  /** Version of {@link #json}: the first number changes when something is taken away or renamed. */
  public static final String VERSION = "1.1";

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the prompts before were others
   */
  public VerificationReport {
    stages = List.copyOf(stages);
    requirements = List.copyOf(requirements);
    before.ifPresent(measured::checkSamePrompts);
  }

  /** What became of each requirement, in their order. */
  public List<Requirement.Result> results() {
    return requirements.stream().map(requirement -> requirement.check(measured)).toList();
  }

  /** One verdict of all requirements; empty if nothing is required. */
  public Optional<Verdict> verdict() {
    return requirements.isEmpty()
        ? Optional.empty()
        : Optional.of(Verdict.of(results().stream().map(Requirement.Result::verdict).toList()));
  }

  /** Before against after, prompt by prompt, for what both have; empty without a before. */
  public Map<Metric, Paired> changes() {
    Map<Metric, Paired> changes = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Optional<List<Boolean>> then = before.flatMap(metric::flags);
      Optional<List<Boolean>> now = metric.flags(measured);
      if (then.isPresent() && now.isPresent()) {
        changes.put(metric, Paired.of(then.get(), now.get()));
      }
    }
    return changes;
  }

  /** In one sentence whether a response was found, and with what sensitivity. */
  public String finding() {
    return Scope.finding(this);
  }

  /** What was looked at, a sentence each. */
  public List<String> covers() {
    return Scope.covers(this);
  }

  /** What may be there all the same, a sentence each. */
  public List<String> cannotSee() {
    return Scope.cannotSee(this);
  }

  /** One JSON object; {@code report.schema.json} beside this class describes it. */
  public String json() {
    return ReportJson.of(this).toString();
  }

  /** One HTML page that needs neither network nor scripts; every text in it is escaped. */
  public String html() {
    return HtmlPage.of(this);
  }

  /** JUnit's XML with a test case for each requirement; an inconclusive one is an error. */
  public String junitXml() {
    return JUnitXml.of(this);
  }
}
