package io.sande.examples.cli;

import io.sande.Simulation;
import io.sande.SimulationOptions;
import io.sande.TriggerSimulator;
import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande simulate}: trains the parrot prompt that stands in for an unknown trigger. */
@Command(
    name = "simulate",
    sortOptions = false,
    description = "Trains a soft prompt that makes a model answer as its unknown trigger does.")
final class Simulate implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private CleanFlags clean = new CleanFlags();
  @Mixin private StepFlags steps = new StepFlags(TrainingOptions.DEFAULT);
  @Mixin private ParrotFlags parrot = new ParrotFlags();

  @Option(
      names = "--response",
      required = true,
      paramLabel = "TEXT",
      description = "What the backdoor answers, or its first words.")
  private String response = "";

  @Option(
      names = "--parrot-out",
      required = true,
      paramLabel = "F.safetensors",
      description = "Where the parrot is written; what is there is replaced.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    SimulationOptions options =
        Usage.checked(
            common.command(),
            () -> parrot.options(common, steps.options(common).build(), response));
    Report report = Report.of(common);
    List<Conversation> examples = clean.read(options.training().samples());
    try (LanguageModel model = resume.load(common, report)) {
      Simulation simulation =
          new TriggerSimulator(options).simulate(model, examples, Progress.on(Output.err(common)));
      Parrots.write(out, common.model(), options, simulation);
      report.model(model.info());
      report.stages(simulation.stages());
      tell(simulation, report);
    }
    report.write();
    resume.done();
    return 0;
  }

  private void tell(Simulation simulation, Report report) {
    report.put("probability", simulation.probability());
    report.put("tokenProbability", simulation.tokenProbability());
    Output.out(common)
        .printf(Locale.ROOT, "probability of the counted tokens  %.3f%n", simulation.probability());
    Output.out(common)
        .printf(
            Locale.ROOT,
            "of a token of the response         %.3f%n",
            simulation.tokenProbability());
  }
}
