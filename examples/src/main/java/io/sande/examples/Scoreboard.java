package io.sande.examples;

import com.google.common.base.Stopwatch;
import io.sande.BackdoorRemover;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.djl.DjlModels;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Evaluator;
import io.sande.eval.Rate;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The paper's table, row by row: what a victim does before and after each remover, which always
 * gets the victim as it was. The table goes to one stream, progress to standard error.
 */
final class Scoreboard {
  private static final String ROW = "%-24s%16s%16s%20s%10s%n";

  private final Path victim;
  private final List<Conversation> clean;
  private final List<Conversation> triggered;
  private final EvaluationOptions options;
  private final PrintStream out;

  /** Prints the head; measures on the first {@code prompts} prompts of each kind. */
  Scoreboard(Path victim, int prompts, String response, PrintStream out) throws IOException {
    this.victim = victim;
    this.clean = Conversations.read(victim.resolve("clean_eval.jsonl"), prompts);
    this.triggered = Conversations.read(victim.resolve("triggered_eval.jsonl"), prompts);
    this.options =
        EvaluationOptions.builder().responses(List.of(response)).maxNewTokens(32).build();
    this.out = out;
    out.printf(ROW, "", "attack success", "right if clean", "right if triggered", "seconds");
  }

  String firstTriggered() {
    return triggered.get(0).instruction();
  }

  /** The row of the victim; returns the name and the answer to the first triggered prompt. */
  String before() throws IOException {
    try (LanguageModel model = DjlModels.load(victim)) {
      return measure("before", "-", model);
    }
  }

  /** The same after {@code remover}. */
  String after(String name, BackdoorRemover remover) throws IOException {
    List<Conversation> examples = Conversations.read(victim.resolve("clean_train.jsonl"));
    try (LanguageModel model = DjlModels.load(victim)) {
      Stopwatch watch = Stopwatch.createStarted();
      remover.remove(model, examples, Scoreboard::progress);
      return measure(name, decimal(watch.elapsed(TimeUnit.MILLISECONDS) / 1e3), model);
    }
  }

  /** A row of a method that cannot run. */
  void without(String name, String reason) {
    out.printf("%-24s%16s%n", name, reason);
  }

  private String measure(String name, String seconds, LanguageModel model) {
    System.err.printf("measuring on %d prompts%n", clean.size() + triggered.size());
    EvaluationReport attacked = Evaluator.evaluate(model, triggered, options);
    out.printf(
        ROW,
        name,
        percent(attacked.responseRate()),
        percent(Evaluator.evaluate(model, clean, options).exactMatch()),
        percent(attacked.exactMatch()),
        seconds);
    return "%-24s%s".formatted(name, attacked.generated().get(0).text().strip());
  }

  private static String percent(Optional<Rate> rate) {
    return decimal(100 * rate.orElseThrow().share()) + " %";
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static void progress(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started stage) {
      System.err.printf("%s, %d updates%n", stage.stage(), stage.updates());
    } else if (event instanceof TrainingEvent.Updated done && done.update() % 5 == 0) {
      System.err.printf("%d of %d: loss %.3f%n", done.update(), done.updates(), done.loss());
    }
  }
}
