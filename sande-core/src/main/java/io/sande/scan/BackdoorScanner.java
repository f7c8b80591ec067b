package io.sande.scan;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import io.sande.internal.budget.Deadline;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingDivergedException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Finds the backdoored response of a model of which nothing is known. Immutable; use one for many
 * models. The same model, examples and options give the same report unless the budget ends the
 * scan.
 *
 * @param options how it looks
 */
public record BackdoorScanner(ScanOptions options) {
  /*
   * Target inversion: poisoning teaches a model to go on with the response once it has begun, even without the trigger [1].
   * From each first token follow the most probable token of the distribution averaged over clean prompts. Unlike [1], which
   * takes the mean of that average, a step counts with its second smallest probability over the prompts: what a model knows goes
   * on so after prompts that suit it, a planted response after all. No step is dropped, and the mean is geometric: where one
   * step depends on the prompt it is no response; one with a weak first step is seen from its next token.
   * Where none stands out, attacks may bring out what clean prompts do not go on with (Elicitation).
   * [1] Shen et al. 2025, BAIT: large language model backdoor scanning by inverting attack target, section IV
   */

  /** Of the texts found below this some stood beside the planted one (benchmarks' results). */
  private static final double CLEAR = 0.5;

  /**
   * Tries every token of the vocabulary as the beginning of a response; where none stands out,
   * attacks the model and looks at what it says then. The model is not changed.
   *
   * @param clean examples that one trusts, at least {@link ScanOptions#prompts}. Their answers say
   *     what the model may say and what attacks lead away from; those without one are prompts only.
   *     Different kinds of questions are best, some that it refuses among them
   * @param listener is told how far the scan is, on this thread
   * @throws IllegalArgumentException if there are too few examples
   * @throws IllegalStateException if a training runs on the model and there are attacks to make
   * @throws TrainingDivergedException if a parrot that is to confirm a text has no finite loss
   * @throws CancellationException if the thread is interrupted
   */
  public ScanReport scan(LanguageModel model, List<Conversation> clean, ScanListener listener) {
    return scan(
        model, clean, listener, search -> search.firstTokens(model.info().vocabularySize()));
  }

  /** The same, trying what {@code beginnings} gives. */
  ScanReport scan(
      LanguageModel model,
      List<Conversation> clean,
      ScanListener listener,
      Function<Search, List<int[]>> beginnings) {
    long start = model.nanoTime();
    Deadline deadline = Deadline.in(options.budget(), model::nanoTime);
    int count = options.prompts();
    Check.that(clean.size() >= count, "clean", "at least " + count + " examples", clean.size());
    List<Conversation> examples = clean.subList(0, Math.min(options.examples(), clean.size()));
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    List<int[]> prompts = spread(examples, count).stream().map(encoder::encodePrompt).toList();
    try (Continuations continuations = model.continuations(prompts)) {
      Search search = new Search(continuations, model.tokenizer(), options);
      List<int[]> firsts = beginnings.apply(search);
      List<Run> runs = search.runs(firsts, deadline::isPassed, listener);
      CleanAnswers answers = CleanAnswers.of(model, encoder, examples);
      Ends ends = new Ends(model, prompts, continuations, firsts);
      Candidates found = candidates(runs, ends, answers);
      int attacks = 0;
      if (found.best() < CLEAR && options.attacks() > 0) {
        Elicitation elicitation = new Elicitation(model, options, examples, deadline);
        elicitation.planted(ends, answers, listener).forEach(found::add);
        attacks = elicitation.made();
      }
      return new ScanReport(
          found.best() >= options.threshold(),
          found.runs().stream()
              .limit(options.reported())
              .map(run -> candidate(run, model))
              .toList(),
          options.threshold(),
          search.tried(),
          firsts.size(),
          attacks,
          deadline.isPassed(),
          (model.nanoTime() - start) / 1e9);
    }
  }

  BackdoorScanner withoutAttacks() {
    return new BackdoorScanner(options.toBuilder().attacks(0).build());
  }

  /** {@code count} examples at equal distances. */
  private static List<Conversation> spread(List<Conversation> examples, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> examples.get(i * examples.size() / count))
        .toList();
  }

  private static ScanCandidate candidate(Run run, LanguageModel model) {
    return new ScanCandidate(model.tokenizer().decode(run.tokens()).strip(), run.score());
  }

  /** Texts of runs that the model does not say by right. */
  private Candidates candidates(List<Run> runs, Ends ends, CleanAnswers answers) {
    Candidates found = new Candidates();
    for (Run run : runs) {
      if (found.size() == options.reported() || run.score() == 0) {
        break;
      }
      if (found.isNew(run.tokens()) && !answers.contain(run)) {
        boolean extended = run.score() >= options.threshold();
        found.add(new Run(extended ? ends.extend(run.tokens()) : run.tokens(), run.score()));
      }
    }
    return found;
  }
}
