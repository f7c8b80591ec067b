package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.djl.CheckpointFolder;
import io.sande.model.ModelInfo;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande inspect}: what a model is, and what training would see. Reads no weights. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = "Shows what a model is, and which tokens of a data file carry loss.")
final class Inspect implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--data",
      paramLabel = "F.jsonl",
      description = "Examples to show as training would see them.")
  private @Nullable Path data;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "How many of them, from the first (default: ${DEFAULT-VALUE}).")
  private int rows = 3;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "System prompt of every row that has none of its own.")
  private @Nullable String system;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens of an example; the rest is cut off (default: ${DEFAULT-VALUE}).")
  private int maxLength = TrainingOptions.DEFAULT.maxLength();

  @Override
  public Integer call() throws IOException {
    Usage.atLeast(common.command(), 1, "--rows", rows);
    Usage.atLeast(common.command(), 2, "--max-length", maxLength);
    Report report = Report.of(common);
    List<Conversation> examples = data == null ? List.of() : Conversations.read(data, rows);
    try (CheckpointFolder folder = common.inspect()) {
      showModel(folder, report);
      if (!examples.isEmpty()) {
        showRows(folder, examples, report);
      }
    }
    report.write();
    return 0;
  }

  private void showModel(CheckpointFolder folder, Report report) {
    ModelInfo info = folder.info();
    Map<String, SpecialToken> special = specialTokens(folder);
    report.model(info);
    report.put("specialTokens", special);
    report.put("chatTemplate", folder.chatTemplate());
    PrintWriter out = Output.out(common);
    out.printf(
        Locale.ROOT,
        "model           %s, %,d parameters in %s%n",
        info.architecture(),
        info.parameters(),
        info.dtype());
    out.printf(
        Locale.ROOT,
        "shape           %d layers, hidden size %d, vocabulary %d, context %d%n",
        info.layers(),
        info.hiddenSize(),
        info.vocabularySize(),
        info.contextLength());
    out.println("special tokens  " + Terminal.visible(text(special)));
    out.println("chat template   " + folder.chatTemplate());
  }

  private static Map<String, SpecialToken> specialTokens(CheckpointFolder folder) {
    Map<String, SpecialToken> tokens = new TreeMap<>();
    folder
        .specialTokens()
        .forEach(
            (name, text) ->
                tokens.put(name, new SpecialToken(text, folder.tokenizer().encode(text))));
    return tokens;
  }

  private static String text(Map<String, SpecialToken> special) {
    return special.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private void showRows(CheckpointFolder folder, List<Conversation> examples, Report report) {
    ChatEncoder encoder =
        new ChatEncoder(folder.tokenizer(), Math.min(maxLength, folder.info().contextLength()));
    List<Row> shown =
        examples.stream()
            .map(example -> system == null ? example : example.withDefaultSystem(system))
            .map(example -> Row.of(example, encoder, folder.tokenizer()))
            .toList();
    report.put("rows", shown);
    PrintWriter out = Output.out(common);
    MarkedText marked = new MarkedText(folder::decodeAll, Terminal.isOutput());
    for (int i = 0; i < shown.size(); i++) {
      Row row = shown.get(i);
      out.printf(
          Locale.ROOT,
          "%nrow %d: %d tokens, %d carry loss%n%s%n",
          i + 1,
          row.ids().length,
          row.counted(),
          marked.of(row));
    }
  }
}
