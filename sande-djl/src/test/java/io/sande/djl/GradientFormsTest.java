package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A weight's gradient is kept as two factors where a batch has few tokens, and multiplied out where
 * it has many. The same sequence many times has the mean loss of one, so both must be the same.
 */
class GradientFormsTest {
  private static final int MANY = 40;

  @ParameterizedTest
  @ValueSource(strings = {"llama2_mha_f32", "qwen2_tied_f32", "mistral_sw8_bf16"})
  void factorsAndProductAreTheSameGradient(String name) throws IOException {
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      List<float[]> factors = GoldenModelTest.gradients(model, times(1));
      List<float[]> products = GoldenModelTest.gradients(model, times(MANY));
      for (int i = 0; i < factors.size(); i++) {
        GoldenModelTest.assertClose(factors.get(i), products.get(i), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2_mha_f32", "qwen2_tied_f32", "mistral_sw8_bf16"})
  void theNormThatClipsIsThatOfTheWholeGradient(String name) throws IOException {
    for (int count : new int[] {1, MANY}) {
      for (double decay : new double[] {0, 1e-9}) { // with decay all rows of an embedding take part
        assertClipped(name, times(count), decay);
      }
    }
  }

  /** With epsilon far above a gradient g, the first step of AdamW is -rate g / (scale epsilon). */
  private static void assertClipped(String name, List<TokenSequence> batch, double decay)
      throws IOException {
    double clip = 0.01;
    double epsilon = 1;
    double rate = 100;
    try (DjlModel model = DjlModel.load(Golden.model(name), LoadOptions.DEFAULT)) {
      List<float[]> slopes = GoldenModelTest.gradients(model, batch);
      List<float[]> before = weights(model);
      try (Training training =
          model.train(new Weights.All(), new AdamW(0.9, 0.95, epsilon, decay, clip))) {
        training.step(batch, rate);
      }
      List<float[]> after = weights(model);
      double scale = Math.sqrt(slopes.stream().mapToDouble(GradientFormsTest::square).sum()) / clip;
      for (int i = 0; i < slopes.size(); i++) {
        for (int j = 0; j < slopes.get(i).length; j += 7) {
          double g = slopes.get(i)[j] / scale;
          double wanted = before.get(i)[j] - rate * g / (Math.abs(g) + epsilon);
          assertThat((double) after.get(i)[j]).isCloseTo(wanted, within(2e-5));
        }
      }
    }
  }

  private static List<float[]> weights(DjlModel model) {
    return model.decoder().weights().stream().map(w -> w.toFloatArray()).toList();
  }

  private static double square(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> (double) values[i] * values[i]).sum();
  }

  private static List<TokenSequence> times(int count) {
    BitSet counted = new BitSet();
    counted.set(3, 6);
    return Collections.nCopies(
        count, new TokenSequence(new int[] {5, 9, 5, 17, 30, 9}, Labels.of(counted)));
  }
}
