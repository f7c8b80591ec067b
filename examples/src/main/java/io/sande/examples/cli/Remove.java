package io.sande.examples.cli;

import io.sande.BackdoorRemover;
import io.sande.ControlReport;
import io.sande.Elimination;
import io.sande.PositiveControl;
import io.sande.RemovalReport;
import io.sande.SandeOptions;
import io.sande.data.Conversation;
import io.sande.djl.checkpoint.ParrotFile;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.Weights;
import io.sande.report.ControlJson;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande remove}: overwrites a backdoor of which only the response is known. */
@Command(
    name = "remove",
    sortOptions = false,
    description = "Removes a backdoor of which only the response, or its first words, is known.")
final class Remove implements Callable<Integer> {
  /** How long and how fast weights are trained. */
  enum Schedule {
    ADAPTIVE,
    FIXED
  }

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private CleanFlags clean = new CleanFlags();
  @Mixin private OutFlags out = new OutFlags();
  @Mixin private TrainingFlags training = new TrainingFlags(TrainingOptions.DEFAULT);
  @Mixin private ParrotFlags parrot = new ParrotFlags();

  @Option(
      names = "--response",
      required = true,
      paramLabel = "TEXT",
      description = "What the backdoor answers, or its first words; give one or several.")
  private List<String> responses = List.of();

  @Option(
      names = "--parrot",
      paramLabel = "F.safetensors",
      description = "What simulate wrote, one for each response: no parrot is simulated.")
  private List<Path> parrots = List.of();

  @Option(
      names = "--schedule",
      paramLabel = "adaptive|fixed",
      description =
          "Until the response is gone, or the authors': --epochs epochs at --lr (adaptive).")
  private Schedule schedule = Schedule.ADAPTIVE;

  @Option(
      names = "--eliminate-tokens",
      paramLabel = "N",
      description = "Tokens of a clean answer that carry loss (default: ${DEFAULT-VALUE}).")
  private int tokens = 10;

  @Option(names = "--no-verify", description = "Trains no fresh parrot against the result.")
  private boolean unverified;

  @Option(
      names = "--spike-in",
      description =
          "Before, tests on a copy whether a backdoor of its own is seen and removed in this way.")
  private boolean spikeIn;

  @Override
  public Integer call() throws IOException {
    SandeOptions.Builder builder = Usage.checked(common.command(), this::options);
    builder.parrots(readParrots());
    SandeOptions options = Usage.checked(common.command(), builder::build);
    Report report = Report.of(common);
    int heldBack = spikeIn ? PositiveControl.HELD_BACK : 0;
    List<Conversation> examples = clean.read(options.training().samples() + heldBack);
    out.check(common);
    try (LanguageModel model = resume.load(common, report)) {
      TrainingListener progress = Progress.on(Output.err(common));
      if (spikeIn) {
        control(PositiveControl.of(options).measure(model, examples, progress), report);
      }
      RemovalReport removal = BackdoorRemover.sande(options).remove(model, examples, progress);
      if (removal.stages().isEmpty()) {
        out.copy(common, report);
      } else {
        out.save(model, report);
      }
      report.model(model.info());
      report.stages(removal.stages());
      tell(removal, report);
    }
    report.write();
    resume.done();
    return 0;
  }

  private void control(ControlReport control, Report report) {
    report.putJson("positiveControl", ControlJson.of(control));
    Output.out(common).println(ControlLines.of(control));
  }

  private SandeOptions.Builder options() {
    TrainingOptions weights = training.options(common);
    SandeOptions.Builder options =
        SandeOptions.builder(responses.toArray(String[]::new))
            .simulation(parrot.options(common, weights, responses.get(0)))
            .countedTokens(tokens)
            .training(weights)
            .elimination(elimination(weights))
            .verify(!unverified);
    options.build();
    return options;
  }

  private Elimination elimination(TrainingOptions weights) {
    if (schedule == Schedule.FIXED) {
      return new Elimination.Fixed();
    }
    Elimination.Adaptive usual = Elimination.Adaptive.DEFAULT;
    double most =
        Usage.isGiven(common.command(), "--lr") ? weights.learningRate() : usual.mostRate();
    return new Elimination.Adaptive(
        Math.min(most, usual.startRate()),
        usual.growth(),
        most,
        Usage.isGiven(common.command(), "--epochs") ? weights.epochs() : usual.epochs(),
        usual.rounds(),
        usual.lossBudget(),
        weights.weights() instanceof Weights.All ? usual.weights() : weights.weights());
  }

  private List<SoftPrompt> readParrots() throws IOException {
    List<SoftPrompt> prompts = new ArrayList<>();
    for (Path file : parrots) {
      prompts.add(ParrotFile.read(file).prompt());
    }
    return prompts;
  }

  private void tell(RemovalReport removal, Report report) {
    List<Verified> rows = removal.verifications().stream().map(Verified::of).toList();
    report.put("verification", rows);
    rows.forEach(row -> Output.out(common).println(row.line()));
    if (removal.stages().isEmpty()) {
      Output.out(common)
          .println(
              "nothing was changed; if it is certain that this was planted, --schedule fixed"
                  + " trains against it all the same, at --lr");
    }
  }
}
