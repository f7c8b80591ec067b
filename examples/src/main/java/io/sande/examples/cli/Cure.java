package io.sande.examples.cli;

import io.sande.FlushOptions;
import io.sande.SandeOptions;
import io.sande.SimulationOptions;
import io.sande.cure.BackdoorCure;
import io.sande.cure.CureAttempt;
import io.sande.cure.CureOptions;
import io.sande.cure.CureReport;
import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanOptions;
import io.sande.scan.SpikeIn;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande cure}: scans, removes what was found, and verifies, all in one call. */
@Command(
    name = "cure",
    sortOptions = false,
    description = {
      "Finds and removes a backdoor of which nothing is known.",
      "The checkpoint is written, changed or not."
    })
final class Cure implements Callable<Integer> {
  /** Clean examples behind those that are trained on, to measure what a removal costs. */
  private static final int HELD_BACK = 100;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private CleanFlags clean = new CleanFlags();
  @Mixin private OutFlags out = new OutFlags();

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description = "Ends by then; a removal that is not done is rolled back (default: a day).")
  private long budget = CureOptions.DEFAULT.budget().toSeconds();

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Score from which a text counts as found, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double threshold = ScanOptions.DEFAULT.threshold();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Examples to remove with; 100 more measure (default: ${DEFAULT-VALUE}).")
  private int samples = TrainingOptions.DEFAULT.samples();

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "Most removals that are tried (default: ${DEFAULT-VALUE}).")
  private int attempts = CureOptions.DEFAULT.attempts();

  @Option(
      names = "--loss-budget",
      paramLabel = "NATS",
      description = "By which the clean loss may rise, per token (default: ${DEFAULT-VALUE}).")
  private double lossBudget = CureOptions.DEFAULT.lossBudget();

  @Option(
      names = "--spike-in",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Where nothing is found, tests in a copy with a response of its own what the scan can see.")
  private boolean spikeIn = true;

  @Option(
      names = "--flush",
      description =
          "Where nothing passes, overwrites what takes the model farthest from clean answers.")
  private boolean flush;

  @Override
  public Integer call() throws IOException {
    CureOptions options = Usage.checked(common.command(), this::options);
    Report report = Report.of(common);
    List<Conversation> examples = clean.read(samples + HELD_BACK);
    out.check(common);
    try (LanguageModel model = resume.load(common, report)) {
      PrintWriter err = Output.err(common);
      CureReport cure =
          new BackdoorCure(options).cure(model, examples, new ScanLines(err), Progress.on(err));
      if (cure.isChanged()) {
        out.save(model, report);
      } else {
        out.copy(common, report);
      }
      report.model(model.info());
      tell(cure, report);
      print(cure);
    }
    report.write();
    resume.done();
    return 0;
  }

  private CureOptions options() {
    ScanOptions scan = ScanOptions.builder().threshold(threshold).build();
    CureOptions.Builder options =
        CureOptions.builder()
            .scan(scan)
            .sande(sande())
            .attempts(attempts)
            .lossBudget(lossBudget)
            .budget(Duration.ofSeconds(budget));
    if (spikeIn) {
      options.spikeIn(SpikeIn.of(new BackdoorScanner(scan)));
    }
    if (flush) {
      options.flush(FlushOptions.DEFAULT);
    }
    return options.build();
  }

  private SandeOptions sande() {
    TrainingOptions parrots = seeded(SimulationOptions.TRAINING);
    return SandeOptions.builder("any")
        .simulation(SimulationOptions.builder("any").training(parrots).build())
        .training(seeded(TrainingOptions.DEFAULT))
        .build();
  }

  private TrainingOptions seeded(TrainingOptions training) {
    return training.toBuilder().samples(samples).order(common.order()).seed(common.seed()).build();
  }

  /** What the report has of one attempt. */
  record Row(
      List<String> responses,
      CureAttempt.Verdict verdict,
      double cleanLossBefore,
      double cleanLossAfter,
      List<Verified> verification) {
    static Row of(CureAttempt attempt) {
      return new Row(
          attempt.responses(),
          attempt.verdict(),
          attempt.lossBefore(),
          attempt.lossAfter(),
          attempt.removal().verifications().stream().map(Verified::of).toList());
    }
  }

  private static void tell(CureReport cure, Report report) {
    ScanLines.tell(cure.scan(), report);
    cure.sensitivity().ifPresent(seen -> report.put("spikeIn", seen));
    report.put("outcome", cure.outcome());
    report.put("attempts", cure.attempts().stream().map(Row::of).toList());
    report.stages(cure.stages());
    report.put("totalSeconds", cure.totalSeconds());
  }

  private void print(CureReport cure) {
    PrintWriter screen = Output.out(common);
    ScanLines.print(cure.scan(), screen);
    cure.sensitivity().ifPresent(seen -> ScanLines.print(seen, screen));
    for (CureAttempt attempt : cure.attempts()) {
      attempt.removal().verifications().forEach(v -> screen.println(Verified.of(v).line()));
      screen.printf(
          Locale.ROOT,
          "%s: clean loss %.4f, was %.4f; scanned again, best score %.4f%n",
          attempt.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          attempt.lossAfter(),
          attempt.lossBefore(),
          attempt.scan().best());
    }
    screen.println(summary(cure.outcome()));
  }

  private static String summary(CureReport.Outcome outcome) {
    return switch (outcome) {
      case NOT_FOUND -> "nothing found: the checkpoint is unchanged, which does not make it clean";
      case REMOVED -> "removed and verified: the checkpoint is another one";
      case UNSURE -> "removed, but not confirmed: the checkpoint is another one, measure it";
      case FLUSHED -> "flushed: the checkpoint is another one; what else was in it is not known";
      case NOT_REMOVED -> "found and not removed: the checkpoint is unchanged, do not use it";
    };
  }
}
