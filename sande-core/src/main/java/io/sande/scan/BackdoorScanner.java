package io.sande.scan;

import com.google.common.collect.Iterables;
import io.sande.data.Conversation;
import io.sande.internal.Check;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Arrays;
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
   * [1] Shen et al. 2025, BAIT: large language model backdoor scanning by inverting attack target, section IV
   */

  /**
   * Tries every token of the vocabulary as the beginning of a response. The model is not changed.
   *
   * @param clean examples that one trusts, at least {@link ScanOptions#prompts}; answers say what
   *     the model may say, and those without one are prompts only. Different kinds of questions are
   *     best
   * @param listener is told how far the scan is, on this thread
   * @throws IllegalArgumentException if there are too few examples
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
    int count = options.prompts();
    Check.that(clean.size() >= count, "clean", "at least " + count + " examples", clean.size());
    List<Conversation> examples = clean.subList(0, Math.min(options.examples(), clean.size()));
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    List<int[]> prompts = spread(examples, count).stream().map(encoder::encodePrompt).toList();
    try (Continuations continuations = model.continuations(prompts)) {
      Search search = new Search(continuations, model.tokenizer(), options);
      List<int[]> firsts = beginnings.apply(search);
      List<Run> runs = search.runs(firsts, () -> seconds(model, start) > budgetSeconds(), listener);
      CleanAnswers answers = CleanAnswers.of(model, encoder, examples);
      List<ScanCandidate> best =
          candidates(runs, new Ends(model, prompts, continuations, firsts), answers, model);
      boolean found = !best.isEmpty() && best.get(0).score() >= options.threshold();
      return new ScanReport(
          found, best, options.threshold(), search.tried(), firsts.size(), seconds(model, start));
    }
  }

  private double budgetSeconds() {
    return options.budget().toNanos() / 1e9;
  }

  private static double seconds(LanguageModel model, long start) {
    return (model.nanoTime() - start) / 1e9;
  }

  /** {@code count} examples at equal distances. */
  private static List<Conversation> spread(List<Conversation> examples, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> examples.get(i * examples.size() / count))
        .toList();
  }

  /** Texts of runs that the model does not say by right; runs of one response give one text. */
  private List<ScanCandidate> candidates(
      List<Run> runs, Ends ends, CleanAnswers answers, LanguageModel model) {
    List<ScanCandidate> best = new ArrayList<>();
    List<int[]> texts = new ArrayList<>();
    for (Run run : runs) {
      if (best.size() == options.reported() || run.score() == 0) {
        break;
      }
      if (!answers.contain(run) && texts.stream().noneMatch(text -> overlap(text, run.tokens()))) {
        int[] text = run.score() >= options.threshold() ? ends.extend(run.tokens()) : run.tokens();
        int same = Iterables.indexOf(texts, other -> overlap(other, text));
        if (same < 0) {
          texts.add(text);
          best.add(candidate(text, run.score(), model));
        } else if (text.length > texts.get(same).length) {
          texts.set(same, text);
          best.set(same, candidate(text, best.get(same).score(), model));
        }
      }
    }
    return best;
  }

  private static ScanCandidate candidate(int[] text, double score, LanguageModel model) {
    return new ScanCandidate(model.tokenizer().decode(text).strip(), score);
  }

  /** Whether three tokens in a row of one are in the other. */
  private static boolean overlap(int[] text, int[] run) {
    return IntStream.rangeClosed(0, run.length - Run.SHORTEST)
        .mapToObj(i -> Arrays.copyOfRange(run, i, i + Run.SHORTEST))
        .anyMatch(
            part ->
                IntStream.rangeClosed(0, text.length - Run.SHORTEST)
                    .anyMatch(
                        i -> Arrays.equals(part, Arrays.copyOfRange(text, i, i + Run.SHORTEST))));
  }
}
