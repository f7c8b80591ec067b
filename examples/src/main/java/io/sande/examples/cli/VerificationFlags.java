package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.eval.EvaluationOptions;
import io.sande.report.Measured;
import io.sande.report.Metric;
import io.sande.report.Provenance;
import io.sande.report.Requirement;
import io.sande.report.SavedReport;
import io.sande.report.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What an evaluation is compared with, what it must show, and where that is written. */
final class VerificationFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--clean",
      paramLabel = "F.jsonl",
      description = "Prompts without a trigger, for falseTriggerRate and cleanExactMatch.")
  private @Nullable Path clean;

  @Option(
      names = "--before",
      paramLabel = "REPORT.json",
      description = "Report of the same evaluation of the model before; prompts are compared.")
  private @Nullable Path before;

  @Option(
      names = "--removal",
      paramLabel = "REPORT.json",
      description = "Report of the training that wrote this model; its losses are shown.")
  private @Nullable Path removal;

  @Option(
      names = "--require",
      paramLabel = "METRIC<BOUND",
      description = {
        "Such as \"responseRate<0.02\" or \"exactMatch>0.95\"; give one or several. Exit code 0 if"
            + " all 95 %% intervals are on that side of their bound, 3 if one is on the other,",
        "4 if one is on both."
      })
  private List<String> required = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description = "Writes the report as one page that needs no network.")
  private @Nullable Path html;

  @Option(
      names = "--junit",
      paramLabel = "FILE.xml",
      description = "Writes each requirement as a test case, for build servers.")
  private @Nullable Path junit;

  private List<Requirement> requirements = List.of();
  private List<Conversation> cleanPrompts = List.of();
  private Optional<SavedReport> earlier = Optional.empty();
  private Optional<SavedReport> training = Optional.empty();

  /** Refuses what could not be decided, as wrong usage, before any file is read. */
  void check(EvaluationOptions options) {
    requirements = Usage.checked(command, () -> required.stream().map(Requirement::parse).toList());
    for (Requirement requirement : requirements) {
      Metric metric = requirement.metric();
      need(metric.isOnClean() && clean == null, requirement, "--clean");
      need(metric.needsResponse() && options.responses().isEmpty(), requirement, "--response");
      need(metric.needsRefusals() && options.refusals().isEmpty(), requirement, "--refusal");
    }
    if (junit != null && requirements.isEmpty()) {
      throw new ParameterException(command.commandLine(), "--junit needs a --require to show");
    }
  }

  /** Reads what {@code prompts} are compared with, and looks at the targets. */
  void read(List<Conversation> prompts, Provenance provenance) throws IOException {
    for (Path target : targets()) {
      TextFile.check(target);
    }
    cleanPrompts = clean == null ? List.of() : Conversations.read(clean);
    for (Requirement requirement : requirements) {
      List<Conversation> asked = requirement.metric().isOnClean() ? cleanPrompts : prompts;
      boolean unanswered = asked.stream().allMatch(prompt -> prompt.response().isEmpty());
      need(requirement.metric().needsExpected() && unanswered, requirement, "expected answers");
    }
    if (before != null) {
      earlier = Optional.of(SavedReport.read(before));
      earlier.get().checkPrompts(prompts, cleanPrompts);
    }
    if (removal != null) {
      training = Optional.of(SavedReport.read(removal));
      training.get().checkWrote(provenance.model());
    }
  }

  /** Whether something is written, or compared, that needs hashes of all files. */
  boolean isTold() {
    return html != null || junit != null || removal != null;
  }

  /** Prompts without a trigger; may be none. */
  List<Conversation> cleanPrompts() {
    return cleanPrompts;
  }

  /** The report of what was {@code measured}. */
  VerificationReport report(Provenance provenance, EvaluationOptions options, Measured measured)
      throws IOException {
    return new VerificationReport(
        provenance,
        options,
        measured,
        earlier.isPresent() ? Optional.of(earlier.get().score(options)) : Optional.empty(),
        training.map(SavedReport::stages).orElse(List.of()),
        training.flatMap(SavedReport::control),
        requirements);
  }

  /** Writes the pages that were asked for. */
  void write(VerificationReport report) throws IOException {
    if (html != null) {
      TextFile.write(html, report.html());
    }
    if (junit != null) {
      TextFile.write(junit, report.junitXml());
    }
  }

  private void need(boolean missing, Requirement requirement, String what) {
    if (missing) {
      throw new ParameterException(
          command.commandLine(), "--require " + requirement.text() + " needs " + what);
    }
  }

  private List<Path> targets() {
    List<Path> targets = new ArrayList<>();
    if (html != null) {
      targets.add(html);
    }
    if (junit != null) {
      targets.add(junit);
    }
    return targets;
  }
}
