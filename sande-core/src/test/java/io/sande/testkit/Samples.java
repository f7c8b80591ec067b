package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the contract's tests feed to a model, and ask of one. */
final class Samples {
  private Samples() {}

  static final Weights ALL = new Weights.All();
  static final AdamW OPTIMIZER = AdamW.DEFAULT;

  /** Three sequences of different lengths and numbers of labels, a gap among those. */
  static List<TokenSequence> batch() {
    int[] longest = {3, 5, 7, 9, 11, 13, 4, 6, 8, 10, 12};
    BitSet gap = new BitSet();
    gap.set(2);
    gap.set(5, 8);
    return List.of(
        new TokenSequence(longest, Labels.of(gap)),
        new TokenSequence(new int[] {14, 2, 6, 3}, Labels.ofResponse(2, 2, 1)),
        new TokenSequence(new int[] {8, 9, 4, 4, 5, 15}, Labels.ofResponse(1, 5, 5)));
  }

  static TokenSequence sequence(int... ids) {
    return new TokenSequence(ids, Labels.ofResponse(1, ids.length - 1, ids.length));
  }

  static SoftPrompt softPrompt(LanguageModel model) {
    int hidden = model.info().hiddenSize();
    float[] values = new float[3 * hidden];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i) * 0.05f;
    }
    return SoftPrompt.of(2, 3, values);
  }

  static double[] flat(List<double[]> scores) {
    return scores.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  static double[] scores(LanguageModel model) {
    return flat(model.score(batch()));
  }

  static double step(LanguageModel model, double learningRate) {
    try (Training training = model.train(ALL, OPTIMIZER)) {
      return training.step(batch(), learningRate);
    }
  }

  /** Scores of every token of the vocabulary after {@code before}. */
  static double[] scoresOfNext(LanguageModel model, int... before) {
    List<TokenSequence> candidates = new ArrayList<>();
    for (int id = 0; id < model.info().vocabularySize(); id++) {
      int[] ids = concat(before, new int[] {id});
      candidates.add(new TokenSequence(ids, Labels.ofResponse(before.length, 1, 1)));
    }
    return flat(model.score(candidates));
  }

  static int[] concat(int[] left, int[] right) {
    return IntStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
  }

  static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }

  static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }
}
