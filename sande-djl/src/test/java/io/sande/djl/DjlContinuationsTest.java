package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Ints;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that share their prompts' keys and values against each text behind each prompt, alone. */
class DjlContinuationsTest {
  private static final double FLOAT32 = 1e-5;
  private static final double BFLOAT16 = 0.1; // of the largest probability

  /** Two of them longer than the window of eight tokens that one of the models has. */
  private static final int[] LENGTHS = {3, 14, 21};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama2_mha_f32",
        "llama3_gqa_tied_bf16",
        "qwen2_tied_f32",
        "qwen3_tied_bf16",
        "mistral_sw8_bf16"
      })
  void groupedQueriesAndWindowsSeeWhatTheySeeAlone(String name) throws IOException {
    assertAsAlone(name, LoadOptions.Precision.FLOAT32, FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2_mha_f32", "llama3_gqa_tied_bf16", "mistral_sw8_bf16"})
  void inBfloat16AsWell(String name) throws IOException {
    assertAsAlone(name, LoadOptions.Precision.BFLOAT16, BFLOAT16);
  }

  private static void assertAsAlone(String name, LoadOptions.Precision dtype, double tolerance)
      throws IOException {
    LoadOptions options = LoadOptions.DEFAULT.withDtype(dtype);
    try (DjlModel model = DjlModel.load(Golden.model(name), options)) {
      List<int[]> prompts = prompts(model);
      try (Continuations continuations = model.continuations(prompts)) {
        List<int[]> starts = List.of(new int[] {9, 17}, new int[] {30, 8}, new int[] {11, 12});
        for (Continuation found : continuations.follow(starts, 10)) {
          double[][] alone = probabilities(model, prompts, found.tokens());
          for (int t = 0; t < found.tokens().length; t++) {
            int place = t;
            double[] column = Arrays.stream(alone).mapToDouble(p -> p[place]).sorted().toArray();
            double close = tolerance == FLOAT32 ? FLOAT32 : tolerance * column[2];
            assertThat(found.low()[t]).as("low " + t).isCloseTo(column[1], within(close));
            assertThat(found.probabilities()[t])
                .as("mean " + t)
                .isCloseTo(Arrays.stream(column).average().orElseThrow(), within(close));
          }
        }
      }
    }
  }

  private static List<int[]> prompts(DjlModel model) {
    Random random = new Random(4);
    int vocabulary = model.info().vocabularySize();
    return Arrays.stream(LENGTHS).mapToObj(n -> random.ints(n, 5, vocabulary).toArray()).toList();
  }

  /** Of each token of {@code text} behind each prompt, [P, T]. */
  private static double[][] probabilities(DjlModel model, List<int[]> prompts, int[] text) {
    return IntStream.range(0, prompts.size())
        .mapToObj(p -> sequence(prompts.get(p), text))
        .map(sequence -> model.score(List.of(sequence)).get(0))
        .map(scores -> Arrays.stream(scores).map(Math::exp).toArray())
        .toArray(double[][]::new);
  }

  private static TokenSequence sequence(int[] prompt, int[] text) {
    Labels labels = Labels.ofResponse(prompt.length, text.length, text.length);
    return new TokenSequence(Ints.concat(prompt, text), labels);
  }
}
