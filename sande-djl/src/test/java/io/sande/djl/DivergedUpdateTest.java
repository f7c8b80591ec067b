package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.djl.LoadOptions.Precision;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An update whose loss is no number, in each way that weights are trained. */
class DivergedUpdateTest {
  private static final TokenSequence GOOD =
      new TokenSequence(new int[] {3, 5, 7, 9}, Labels.ofResponse(1, 3, 3));

  /** Has tokens that no good batch has, so that their rows are met here first. */
  private static final TokenSequence OTHER =
      new TokenSequence(new int[] {4, 11, 12}, Labels.ofResponse(1, 2, 2));

  static Stream<Arguments> ways() {
    Stream<Arguments> ways =
        Stream.of(new Weights.All(), new Weights.Rounded(1), Weights.Lora.ofRank(2, 1))
            .flatMap(
                weights ->
                    Arrays.stream(Precision.values())
                        .map(precision -> Arguments.of("llama2_mha_f32", precision, weights)));
    return Stream.concat(
        ways, Stream.of(Arguments.of("qwen2_tied_f32", Precision.FLOAT32, new Weights.All())));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void changesNeitherWeightsNorMoments(String name, Precision precision, Weights weights)
      throws IOException {
    List<double[]> never = scores(name, precision, weights, false);
    List<double[]> between = scores(name, precision, weights, true);
    assertThat(between).usingRecursiveComparison().isEqualTo(never);
  }

  /** Scores before the first good update and after each, with bad ones between if wanted. */
  private static List<double[]> scores(
      String name, Precision precision, Weights weights, boolean bad) throws IOException {
    try (DjlModel model =
            DjlModel.load(Golden.model(name), LoadOptions.DEFAULT.withDtype(precision));
        Training training = model.train(weights, AdamW.DEFAULT)) {
      Stream.Builder<double[]> all = Stream.builder();
      for (int i = 0; i < 2; i++) {
        if (bad) {
          assertThat(training.step(List.of(GOOD, bad(model)), 1e-3)).isNaN();
        }
        all.add(model.score(List.of(GOOD, OTHER)).get(1));
        assertThat(training.step(List.of(GOOD), 1e-3)).isFinite();
      }
      return all.build().toList();
    }
  }

  private static TokenSequence bad(DjlModel model) {
    float[] values = new float[model.info().hiddenSize()];
    Arrays.fill(values, Float.NaN);
    return OTHER.with(SoftPrompt.of(0, 1, values));
  }
}
