package io.sande.examples.cli;

import io.sande.BackdoorRemover;
import io.sande.OsftOptions;
import io.sande.RemovalReport;
import io.sande.TriggerPosition;
import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande osft}: overwrites a trigger that is known. */
@Command(
    name = "osft",
    sortOptions = false,
    description = "Trains a model to answer normally where a known trigger stands in the prompt.")
final class Osft implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private CleanFlags clean = new CleanFlags();
  @Mixin private OutFlags out = new OutFlags();
  @Mixin private TrainingFlags training = new TrainingFlags(TrainingOptions.DEFAULT);

  @Option(
      names = "--trigger",
      required = true,
      paramLabel = "TEXT",
      description = "What the attacker adds to a prompt; give one or several.")
  private List<String> triggers = List.of();

  @Option(
      names = "--trigger-position",
      paramLabel = "start|random",
      description = "Before the instruction with a full stop, or between two words (start).")
  private TriggerPosition position = TriggerPosition.START;

  @Option(
      names = "--clean-pairs",
      description = "Trains on each example without a trigger as well.")
  private boolean cleanPairs;

  @Override
  public Integer call() throws IOException {
    OsftOptions options = Usage.checked(common.command(), this::options);
    Report report = Report.of(common);
    List<Conversation> examples = clean.read(options.training().samples());
    out.check(common);
    try (LanguageModel model = resume.load(common, report)) {
      RemovalReport removal =
          BackdoorRemover.osft(options).remove(model, examples, Progress.on(Output.err(common)));
      out.save(model, report);
      report.model(model.info());
      report.stages(removal.stages());
    }
    report.write();
    resume.done();
    return 0;
  }

  private OsftOptions options() {
    return OsftOptions.builder(triggers.toArray(String[]::new))
        .position(position)
        .withCleanPairs(cleanPairs)
        .training(training.options(common))
        .build();
  }
}
