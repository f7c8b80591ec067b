package io.sande.testkit;

import static io.sande.testkit.Samples.assertRefused;
import static io.sande.testkit.Samples.concat;
import static io.sande.testkit.Samples.scoresOfNext;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link LanguageModel#continuations}. */
interface ContinuationsContract extends EngineUnderTest {
  List<int[]> PROMPTS = List.of(new int[] {5, 3, 9, 9, 4, 12}, new int[] {7}, new int[] {6, 8});

  @Test
  default void continuationsTakeTheMostProbableTokenOfThePromptsMeanThatIsNew() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      List<int[]> starts = List.of(new int[] {4, 11}, new int[] {13, 6}, new int[] {3, 3});
      List<Continuation> found = continuations.follow(starts, 4);
      assertThat(found).hasSize(3);
      for (int c = 0; c < 3; c++) {
        Continuation one = found.get(c);
        assertThat(one.tokens()).startsWith(starts.get(c)).hasSizeBetween(3, 6);
        for (int t = 0; t < one.tokens().length; t++) {
          double[][] next = nextAfter(model, Arrays.copyOf(one.tokens(), t));
          int token = one.tokens()[t];
          assertThat(one.probabilities()[t]).isCloseTo(mean(next, token), within(tolerance()));
          assertThat(one.low()[t])
              .isCloseTo(
                  Arrays.stream(next).mapToDouble(p -> p[token]).sorted().toArray()[1],
                  within(tolerance()));
          assertThat(mean(next, token))
              .isGreaterThanOrEqualTo(t < 2 ? 0 : bestNew(model, one, t, next) - tolerance());
        }
      }
    }
  }

  @Test
  default void continuationsOfASoftPromptSeeItsVectors() throws Exception {
    try (LanguageModel model = newModel()) {
      SoftPrompt soft = Samples.softPrompt(model);
      assertRefused(() -> model.continuations(PROMPTS, soft).close()); // one is too short
      List<int[]> prompts = List.of(PROMPTS.get(0), PROMPTS.get(2));
      try (Continuations continuations = model.continuations(prompts, soft)) {
        Continuation one = continuations.follow(List.of(new int[] {4}), 3).get(0);
        for (int t = 0; t < one.tokens().length; t++) {
          int[] before = Arrays.copyOf(one.tokens(), t);
          double[] next =
              prompts.stream()
                  .mapToDouble(
                      p -> scoreOfNext(model, concat(p, before), one.tokens()[before.length], soft))
                  .map(Math::exp)
                  .sorted()
                  .toArray();
          assertThat(one.low()[t]).isCloseTo(next[1], within(tolerance()));
        }
      }
    }
  }

  private static double scoreOfNext(LanguageModel model, int[] before, int token, SoftPrompt soft) {
    Labels last = Labels.ofResponse(before.length, 1, 1);
    TokenSequence sequence = new TokenSequence(concat(before, new int[] {token}), last).with(soft);
    return model.score(List.of(sequence)).get(0)[0];
  }

  /** Probabilities [P, V] of what follows each prompt and {@code tokens}. */
  private static double[][] nextAfter(LanguageModel model, int[] tokens) {
    return PROMPTS.stream()
        .map(prompt -> scoresOfNext(model, concat(prompt, tokens)))
        .map(scores -> Arrays.stream(scores).map(Math::exp).toArray())
        .toArray(double[][]::new);
  }

  private static double mean(double[][] next, int token) {
    return Arrays.stream(next).mapToDouble(p -> p[token]).average().orElseThrow();
  }

  /** The largest mean of a token that may stand at place {@code t}. */
  private static double bestNew(LanguageModel model, Continuation one, int t, double[][] next) {
    int end = model.tokenizer().endOfTextId();
    return IntStream.range(0, model.info().vocabularySize())
        .filter(v -> v == end || !model.tokenizer().isSpecial(v))
        .filter(v -> Arrays.stream(one.tokens(), 0, t).noneMatch(token -> token == v))
        .mapToDouble(v -> mean(next, v))
        .max()
        .orElseThrow();
  }

  @Test
  default void aContinuationThatGoesOnIsTheLongerOne() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      Continuation whole = continuations.follow(List.of(new int[] {4}), 5).get(0);
      Continuation half = continuations.follow(List.of(new int[] {4}), 2).get(0);
      Continuation resumed = continuations.follow(List.of(half.tokens()), 3).get(0);
      assertThat(resumed.tokens()).isEqualTo(whole.tokens());
      assertThat(resumed.probabilities())
          .containsExactly(whole.probabilities(), within(tolerance()));
    }
  }

  @Test
  default void nothingFollowsTheEndOfText() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      int end = model.tokenizer().endOfTextId();
      assertThat(continuations.follow(List.of(new int[] {end}), 3).get(0).tokens())
          .containsExactly(end);
    }
  }

  @Test
  default void badStartsAreRefused() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      assertRefused(() -> model.continuations(List.of()).close());
      SoftPrompt wide = SoftPrompt.zeros(0, 1, model.info().hiddenSize() + 1);
      assertRefused(() -> model.continuations(PROMPTS, wide).close());
      assertRefused(() -> continuations.follow(List.of(), 1));
      assertRefused(() -> continuations.follow(List.of(new int[] {3}, new int[] {3, 4}), 1));
      assertRefused(() -> continuations.follow(List.of(new int[] {3}), -1));
      int context = model.info().contextLength();
      assertRefused(() -> continuations.follow(List.of(new int[] {3}), context));
      continuations.close();
    }
  }
}
