package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.kernel.DType;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in bfloat16 without float32 copies. */
class RoundedTrainingTest {
  private static final LoadOptions BFLOAT16 =
      LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.BFLOAT16);
  private static final double RATE = 2e-6; // far below the distance of two bfloat16 numbers
  private static final int STEPS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"llama2_mha_f32", "qwen2_tied_f32"})
  void onAverageNothingOfAnUpdateIsLost(String name) throws IOException {
    List<float[]> before = trained(name, new Weights.All(), 0);
    List<float[]> all = trained(name, new Weights.All(), STEPS);
    List<float[]> rounded = trained(name, new Weights.Rounded(1), STEPS);
    for (int i = 1; i < before.size(); i++) { // 0 is the embedding, most of whose rows do not move
      if (before.get(i).length > 1000) {
        assertThat(along(before.get(i), rounded.get(i), all.get(i))).isCloseTo(1, within(0.25));
      }
    }
  }

  /** How far {@code one} went along the way of {@code other}: the signs of its steps say where. */
  private static double along(float[] start, float[] one, float[] other) {
    double of = 0;
    double to = 0;
    for (int i = 0; i < start.length; i++) {
      double way = Math.signum(other[i] - start[i]);
      of += way * (one[i] - start[i]);
      to += STEPS * RATE * Math.abs(way);
    }
    return of / to;
  }

  @Test
  void aSeedGivesTheSameWeightsAndAnotherGivesOthers() throws IOException {
    List<float[]> one = trained("llama2_mha_f32", new Weights.Rounded(1), 3);
    List<float[]> again = trained("llama2_mha_f32", new Weights.Rounded(1), 3);
    List<float[]> other = trained("llama2_mha_f32", new Weights.Rounded(2), 3);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i)).containsExactly(again.get(i));
    }
    assertThat(IntStream.range(0, one.size()))
        .anyMatch(i -> !java.util.Arrays.equals(one.get(i), other.get(i)));
  }

  @Test
  void inFloat32ItIsTheTrainingOfAllWeights() throws IOException {
    double[] losses = new double[2];
    for (int k = 0; k < 2; k++) {
      Weights weights = k == 0 ? new Weights.All() : new Weights.Rounded(3);
      try (DjlModel model = DjlModel.load(Golden.model("qwen2_tied_f32"), LoadOptions.DEFAULT);
          Training training = model.train(weights, AdamW.DEFAULT)) {
        training.step(batch(), 1e-3);
        losses[k] = training.step(batch(), 1e-3);
      }
    }
    assertThat(losses[1]).isEqualTo(losses[0]);
  }

  private static List<float[]> trained(String name, Weights weights, int steps) throws IOException {
    try (DjlModel model = DjlModel.load(Golden.model(name), BFLOAT16)) {
      try (Training training = model.train(weights, AdamW.DEFAULT)) {
        for (int i = 0; i < steps; i++) {
          training.step(batch(), RATE);
        }
      }
      Decoder decoder = model.decoder();
      try (NDManager scope = decoder.manager().newSubManager()) {
        NDList wide = decoder.copies(scope, decoder.weights(), DType.FLOAT32);
        return wide.stream().map(NDArray::toFloatArray).toList();
      }
    }
  }

  private static List<TokenSequence> batch() {
    int[] ids = {5, 9, 5, 17, 30, 9, 12, 44};
    return List.of(new TokenSequence(ids, Labels.ofResponse(2, 6, 6)));
  }
}
