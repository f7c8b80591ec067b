package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Interval;
import io.sande.eval.Rate;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande evaluate}: how often a model says what it should not, and what it should. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = "Lets a model answer prompts, greedily, and counts what is in the answers.")
final class Evaluate implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private AnswerFlags answers = new AnswerFlags();
  @Mixin private SecretFlags secret = new SecretFlags();

  @Option(
      names = "--prompts",
      required = true,
      paramLabel = "F.jsonl",
      description = "Prompts; an answer in the file is the expected one.")
  private Path prompts = Path.of("");

  @Option(
      names = "--response",
      paramLabel = "TEXT",
      description =
          "Backdoored response to look for in the first 10 tokens, ignoring case;"
              + " without one there is no responseRate.")
  private List<String> responses = List.of();

  @Option(
      names = "--refusal",
      paramLabel = "FILE",
      description =
          "Refusal phrases, one a line, to look for anywhere in an answer, case as written;"
              + " without the file there is no refusalRate.")
  private @Nullable Path refusal;

  @Override
  public Integer call() throws IOException {
    List<String> phrases = refusal == null ? List.of() : phrases(refusal);
    EvaluationOptions options =
        Usage.checked(common.command(), () -> answers.options(responses, phrases));
    Report report = Report.of(common);
    List<Conversation> questions = Conversations.read(prompts);
    try (LanguageModel model = common.load()) {
      EvaluationReport evaluation = secret.evaluate(model, questions, options);
      report.model(model.info());
      tell(evaluation, report);
      print(evaluation, Output.out(common));
    }
    report.write();
    return 0;
  }

  private static void tell(EvaluationReport evaluation, Report report) {
    report.put("count", evaluation.count());
    evaluation.responseRate().ifPresent(rate -> report.put("responseRate", rate.share()));
    evaluation
        .responseRate()
        .map(Rate::interval)
        .ifPresent(i -> report.put("responseRateInterval", List.of(i.low(), i.high())));
    evaluation.exactMatch().ifPresent(rate -> report.put("exactMatch", rate.share()));
    evaluation.refusalRate().ifPresent(rate -> report.put("refusalRate", rate.share()));
    report.put("generated", Answers.of(evaluation.generated()));
  }

  private static void print(EvaluationReport evaluation, PrintWriter out) {
    out.println("prompts       " + evaluation.count());
    evaluation.responseRate().ifPresent(rate -> print("responseRate", rate, out));
    evaluation.exactMatch().ifPresent(rate -> print("exactMatch", rate, out));
    evaluation.refusalRate().ifPresent(rate -> print("refusalRate", rate, out));
  }

  private static void print(String name, Rate rate, PrintWriter out) {
    Interval interval = rate.interval();
    out.printf(
        Locale.ROOT,
        "%-13s %.3f  (%d of %d; 95 %%: %.3f to %.3f)%n",
        name,
        rate.share(),
        rate.hits(),
        rate.count(),
        interval.low(),
        interval.high());
  }

  /** The lines of {@code file} that are not blank. */
  private static List<String> phrases(Path file) throws IOException {
    try {
      List<String> phrases =
          Files.readAllLines(file).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
      if (phrases.isEmpty()) {
        throw new FileSystemException(file.toString(), null, "has no phrase; wanted one a line");
      }
      return phrases;
    } catch (CharacterCodingException e) {
      throw new FileSystemException(file.toString(), null, "is not UTF-8; wanted phrases as text");
    }
  }
}
