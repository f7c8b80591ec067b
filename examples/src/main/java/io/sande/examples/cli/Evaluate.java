package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Interval;
import io.sande.eval.Rate;
import io.sande.model.LanguageModel;
import io.sande.report.Measured;
import io.sande.report.Metric;
import io.sande.report.Provenance;
import io.sande.report.Verdict;
import io.sande.report.VerificationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
  private static final List<Metric> SHOWN =
      List.of(
          Metric.RESPONSE_RATE,
          Metric.EXACT_MATCH,
          Metric.REFUSAL_RATE,
          Metric.FALSE_TRIGGER_RATE,
          Metric.CLEAN_EXACT_MATCH,
          Metric.FALSE_REFUSAL_RATE);

  @Mixin private SecretFlags secret = new SecretFlags();
  @Mixin private VerificationFlags verification = new VerificationFlags();

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
    verification.check(options);
    Report report = Report.of(common);
    List<Conversation> questions = Conversations.read(prompts);
    Provenance provenance =
        report.provenance().isPresent()
            ? report.provenance().get()
            : Provenances.of(common, verification.isTold());
    verification.read(questions, provenance);
    VerificationReport verified;
    try (LanguageModel model = common.load()) {
      Measured measured = measure(model, questions, options);
      verified = verification.report(provenance, options, measured);
      report.model(model.info());
    }
    report.putAll(verified.json());
    print(verified, Output.out(common));
    verification.write(verified);
    report.write();
    return verified.verdict().map(Evaluate::exitCode).orElse(0);
  }

  private Measured measure(
      LanguageModel model, List<Conversation> questions, EvaluationOptions options)
      throws IOException {
    EvaluationReport triggered = secret.evaluate(model, questions, options);
    List<Conversation> clean = verification.cleanPrompts();
    return new Measured(
        triggered,
        clean.isEmpty() ? Optional.empty() : Optional.of(secret.evaluate(model, clean, options)));
  }

  private static int exitCode(Verdict verdict) {
    return switch (verdict) {
      case PASS -> 0;
      case FAIL -> 3;
      case INCONCLUSIVE -> 4;
    };
  }

  private static void print(VerificationReport report, PrintWriter out) {
    out.println("prompts          " + report.measured().prompts().count());
    for (Metric metric : SHOWN) {
      report.measured().rate(metric).ifPresent(rate -> print(metric.key(), rate, out));
    }
    report
        .changes()
        .forEach(
            (metric, paired) ->
                out.printf(
                    Locale.ROOT,
                    "%s was %.3f before (McNemar p = %.2g)%n",
                    metric.key(),
                    paired.before().share(),
                    paired.probability()));
    if (report.verdict().isPresent()) {
      report.results().forEach(r -> out.println(r.verdict() + "  " + r.reason()));
      out.println(report.verdict().get() + ": " + report.finding());
    }
  }

  private static void print(String name, Rate rate, PrintWriter out) {
    Interval interval = rate.interval();
    out.printf(
        Locale.ROOT,
        "%-16s %.3f  (%d of %d; 95 %%: %.3f to %.3f)%n",
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
