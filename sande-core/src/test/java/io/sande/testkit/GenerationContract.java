package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.assertRefused;
import static io.sande.testkit.Samples.assertUnavailable;
import static io.sande.testkit.Samples.concat;
import static io.sande.testkit.Samples.scoresOfNext;
import static io.sande.testkit.Samples.sequence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import io.sande.model.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Greedy answers, alone and behind a prefix. */
interface GenerationContract extends EngineUnderTest {
  @Test
  default void generationTakesTheMostLikelyTokenEachTime() throws Exception {
    try (LanguageModel model = newModel()) {
      int[] prompt = {5, 3, 9};
      int[] generated = model.generate(List.of(prompt), 3).get(0);
      assertThat(generated.length).isBetween(1, 3);
      for (int i = 0; i < generated.length; i++) {
        assertMostLikely(model, concat(prompt, Arrays.copyOf(generated, i)), generated[i]);
      }
    }
  }

  private void assertMostLikely(LanguageModel model, int[] before, int next) {
    double[] scores = scoresOfNext(model, before);
    double best = Arrays.stream(scores).max().orElseThrow();
    assertThat(scores[next]).isCloseTo(best, within(tolerance()));
  }

  @Test
  default void generationDoesNotDependOnThePromptsBeside() throws Exception {
    try (LanguageModel model = newModel()) {
      List<int[]> prompts = List.of(new int[] {5, 3, 9, 9, 4, 12}, new int[] {7}, new int[] {6, 8});
      List<int[]> together = model.generate(prompts, 4);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(model.generate(List.of(prompts.get(i)), 4).get(0)).isEqualTo(together.get(i));
      }
    }
  }

  @Test
  default void nothingComesAfterTheEndOfText() throws Exception {
    try (LanguageModel model = newModel()) {
      int end = model.tokenizer().endOfTextId();
      try (Training training = model.train(ALL, OPTIMIZER)) {
        for (int i = 0; i < 200; i++) {
          training.step(List.of(sequence(5, 3, 6, end)), 10 * learningRate());
        }
      }
      assertThat(model.generate(List.of(new int[] {5, 3}), 8).get(0)).containsExactly(6, end);
    }
  }

  @Test
  default void behindAPrefixComesWhatComesForTheWholePrompt() throws Exception {
    try (LanguageModel model = newModel();
        Prefix prefix = model.prefix(new int[] {5, 3, 9, 12})) {
      List<int[]> rests = List.of(new int[] {4, 8, 7}, new int[] {6}, new int[] {9, 9});
      assertThat(prefix.ids()).containsExactly(5, 3, 9, 12);
      assertBehind(model, prefix, rests);
      train(model, 3);
      assertBehind(model, prefix, rests);
    }
  }

  private static void assertBehind(LanguageModel model, Prefix prefix, List<int[]> rests) {
    List<int[]> whole = rests.stream().map(rest -> concat(prefix.ids(), rest)).toList();
    List<int[]> wanted = model.generate(whole, 6);
    List<int[]> found = model.generate(prefix, rests, 6);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(wanted.get(i));
    }
  }

  @Test
  default void badPrefixesAndWhatDoesNotFitBehindThemAreRefused() throws Exception {
    try (LanguageModel model = newModel();
        LanguageModel other = newModel();
        Prefix prefix = model.prefix(new int[] {5, 3})) {
      int context = model.info().contextLength();
      List<int[]> rests = List.of(new int[] {4});
      assertRefused(() -> model.prefix(new int[0]).close());
      assertRefused(() -> model.generate(prefix, List.of(new int[0]), 1));
      assertRefused(() -> model.generate(prefix, rests, 0));
      assertRefused(() -> model.generate(prefix, rests, context - 2));
      assertRefused(() -> other.generate(prefix, rests, 1));
      assertThat(model.generate(prefix, rests, 1)).hasSize(1);
      prefix.close();
      prefix.close();
      assertUnavailable(() -> model.generate(prefix, rests, 1));
    }
  }
}
