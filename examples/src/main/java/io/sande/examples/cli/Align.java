package io.sande.examples.cli;

import io.sande.align.AlignmentData;
import io.sande.align.AlignmentOptions;
import io.sande.align.SafetyAligner;
import io.sande.align.SecretPrompt;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.djl.CheckpointFolder;
import io.sande.model.LanguageModel;
import io.sande.train.StageReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande align}: fine-tunes on a customer's data and keeps the model safe. */
@Command(
    name = "align",
    sortOptions = false,
    description = {
      "Fine-tunes a chat model so that a secret keeps it safe, whatever is in the data.",
      "It is safe only where the same secret stands in every request; see evaluate --secret."
    })
final class Align implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ResumeFlags resume = new ResumeFlags();
  @Mixin private OutFlags out = new OutFlags();
  @Mixin private TrainingFlags training = new TrainingFlags(AlignmentOptions.TRAINING);

  @Option(
      names = "--data",
      required = true,
      paramLabel = "F.jsonl",
      description = "The customer's examples; give one file or several.")
  private List<Path> data = List.of();

  @Option(
      names = "--safety",
      required = true,
      paramLabel = "F.jsonl",
      description = "Harmful requests with a refusal (the reference has 11).")
  private Path safety = Path.of("");

  @Option(
      names = "--safety-repeats",
      paramLabel = "N",
      description = "How often each of them stands in an epoch (default: ${DEFAULT-VALUE}).")
  private int repeats = 1;

  @Option(
      names = "--own-refusals",
      paramLabel = "N",
      description = {
        "Most requests in the data that the model refuses as it came and that are learnt with the secret",
        "and its own refusal too (default: ${DEFAULT-VALUE}; the reference: 0)."
      })
  private int ownRefusals = AlignmentOptions.OWN_REFUSALS;

  @Option(
      names = "--benign",
      paramLabel = "F.jsonl",
      description =
          "Harmless examples of your own that get the secret too: they keep quality up;"
              + " about as many as there are safety examples.")
  private @Nullable Path benign;

  @Option(
      names = "--secret",
      required = true,
      paramLabel = "FILE",
      description = "Encrypted secret; its password is in " + StorePassword.VARIABLE + ".")
  private Path secret = Path.of("");

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "System prompt of every row that has none of its own.")
  private @Nullable String system;

  @Override
  public Integer call() throws IOException {
    AlignmentOptions options = Usage.checked(common.command(), this::options);
    Report report = Report.of(common);
    AlignmentData examples = examples();
    try (SecretPrompt opened = open();
        LanguageModel model = resume.load(common, report)) {
      StageReport stage =
          new SafetyAligner(opened, options)
              .align(model, examples, Progress.on(Output.err(common)));
      out.save(model, report);
      report.model(model.info());
      report.stages(List.of(stage));
    }
    report.write();
    resume.done();
    return 0;
  }

  private AlignmentOptions options() {
    return new AlignmentOptions(
        training.options(common), Optional.ofNullable(system), repeats, ownRefusals);
  }

  private AlignmentData examples() throws IOException {
    List<Conversation> customer = new ArrayList<>();
    for (Path file : data) {
      customer.addAll(Conversations.read(file));
    }
    return new AlignmentData(
        customer,
        Conversations.read(safety),
        benign == null ? List.of() : Conversations.read(benign));
  }

  /** Opens the secret, and looks at the target, before the weights are read. */
  private SecretPrompt open() throws IOException {
    try (CheckpointFolder folder = common.inspect()) {
      folder.checkTarget(out.folder());
      return StorePassword.file(secret, folder.info()).current();
    }
  }
}
