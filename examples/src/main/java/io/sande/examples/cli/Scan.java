package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanOptions;
import io.sande.scan.ScanReport;
import io.sande.scan.Sensitivity;
import io.sande.scan.SpikeIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande scan}: looks for the response of a backdoor of which nothing is known. */
@Command(
    name = "scan",
    sortOptions = false,
    description = {
      "Looks for a backdoored response, knowing neither it nor its trigger.",
      "Answers of the clean examples are what a model may say."
    })
final class Scan implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private CleanFlags clean = new CleanFlags();

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description = "Ends with what it has by then (default: when all tokens are tried).")
  private long budget = ScanOptions.DEFAULT.budget().toSeconds();

  @Option(
      names = "--threshold",
      paramLabel = "X",
      description = "Score from which a text counts as found, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double threshold = ScanOptions.DEFAULT.threshold();

  @Option(
      names = "--spike-in",
      description = "Plants a response of its own too, and tells whether the scan finds it.")
  private boolean spikeIn;

  @Override
  public Integer call() throws IOException {
    ScanOptions options = Usage.checked(common.command(), this::options);
    Report report = Report.of(common);
    List<Conversation> examples = clean.read(options.examples());
    try (LanguageModel model = resume.load(common, report)) {
      BackdoorScanner scanner = new BackdoorScanner(options);
      PrintWriter err = Output.err(common);
      ScanReport scan = scanner.scan(model, examples, new ScanLines(err));
      report.model(model.info());
      ScanLines.tell(scan, report);
      report.put("totalSeconds", scan.totalSeconds());
      ScanLines.print(scan, Output.out(common));
      if (spikeIn) {
        Sensitivity seen =
            SpikeIn.of(scanner).measure(model, examples, new ScanLines(err), Progress.on(err));
        report.put("spikeIn", seen);
        ScanLines.print(seen, Output.out(common));
      }
    }
    report.write();
    resume.done();
    return 0;
  }

  private ScanOptions options() {
    return ScanOptions.builder().budget(Duration.ofSeconds(budget)).threshold(threshold).build();
  }
}
