package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sande.model.AdamW;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import io.sande.testkit.ObjectiveContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlObjectiveTest extends ObjectiveContract {
  private static final String TINY = "llama2_mha_f32";
  private static final Weights ALL = new Weights.All();

  /** An optimizer whose first update at a rate of 1e6 takes away the gradient itself. */
  private static final AdamW PLAIN = new AdamW(0, 0, 1e6, 0, Double.POSITIVE_INFINITY);

  private static DjlModel load(String name) throws IOException {
    return DjlModel.load(Golden.model(name), LoadOptions.DEFAULT);
  }

  @Override
  protected LanguageModel newModel() throws IOException {
    return load(TINY);
  }

  private static Objective distillation(Snapshot teacher, double beta) {
    return new Objective.AttentionDistillation(teacher, beta);
  }

  private static double loss(DjlModel model, Objective objective) {
    try (Training training = model.train(ALL, PLAIN, objective)) {
      return training.step(pairs(), 0);
    }
  }

  private static double crossEntropy(DjlModel model) {
    return loss(model, new Objective.CrossEntropy());
  }

  private static void scale(DjlModel model, float factor) {
    model.decoder().weights().forEach(weight -> weight.muli(factor));
  }

  @ParameterizedTest
  @ValueSource(strings = {TINY, "qwen2_tied_f32", "mistral_sw8_bf16"})
  void whoTeachesItselfHasTheCrossEntropyLeft(String name) throws IOException {
    try (DjlModel model = load(name);
        Snapshot itself = model.snapshot()) {
      double plain = crossEntropy(model);
      assertThat(loss(model, distillation(itself, 100))).isEqualTo(plain);
      scale(model, 1.1f);
      assertThat(loss(model, distillation(itself, 100))).isGreaterThan(crossEntropy(model) + 1e-3);
    }
  }

  /** Wanted: transformers 5, with forward hooks on blocks 2 and 3 of 4; cross entropy 16.84587. */
  @Test
  void theDistanceIsThatOfTheBlocksOfTransformers() throws IOException {
    try (DjlModel model = DjlModel.load(Path.of("../examples/victim"), LoadOptions.DEFAULT);
        Snapshot teacher = model.snapshot()) {
      scale(model, 1.1f);
      assertThat(loss(model, distillation(teacher, 20))).isCloseTo(16.89267, within(2e-4));
    }
  }

  @Test
  void theGradientOfDistillationIsThatOfFiniteDifferences() throws IOException {
    assertGradient(teacher -> distillation(teacher, 20));
  }

  @Test
  void theGradientOfThePreferenceIsThatOfFiniteDifferences() throws IOException {
    assertGradient(reference -> new Objective.Preference(reference, 0.5));
  }

  private static void assertGradient(java.util.function.Function<Snapshot, Objective> maker)
      throws IOException {
    try (DjlModel model = load(TINY);
        Snapshot start = model.snapshot()) {
      scale(model, 1.1f);
      Objective objective = maker.apply(start);
      float[][] gradient = gradient(model, objective);
      Random random = new Random(5);
      assertThat(Arrays.stream(gradient).mapToDouble(g -> dot(g, g)).sum()).isGreaterThan(0.1);
      for (int i = 0; i < gradient.length; i++) {
        float[] direction = direction(gradient[i], random);
        double wanted = dot(gradient[i], direction);
        assertThat(slope(model, objective, i, direction))
            .as(model.layout().tensors().get(i).name())
            .isCloseTo(wanted, within(0.01 * wanted + 1e-4));
      }
    }
  }

  /** What the first update of {@link #PLAIN} takes away; the weights are put back. */
  private static float[][] gradient(DjlModel model, Objective objective) {
    try (Snapshot before = model.snapshot()) {
      float[][] old = values(model);
      try (Training training = model.train(ALL, PLAIN, objective)) {
        training.step(pairs(), 1e6);
      }
      float[][] moved = values(model);
      model.moveTowards(before, 1);
      for (int i = 0; i < old.length; i++) {
        for (int k = 0; k < old[i].length; k++) {
          old[i][k] -= moved[i][k];
        }
      }
      return old;
    }
  }

  private static float[][] values(DjlModel model) {
    return model.decoder().weights().stream().map(NDArray::toFloatArray).toArray(float[][]::new);
  }

  /** Along the gradient, and as much again at random: a part that is missing shows. */
  private static float[] direction(float[] gradient, Random random) {
    double length = Math.sqrt(dot(gradient, gradient)) + 1e-12;
    double side = 1 / Math.sqrt(gradient.length);
    float[] direction = new float[gradient.length];
    for (int k = 0; k < direction.length; k++) {
      direction[k] = (float) (gradient[k] / length + side * random.nextGaussian());
    }
    return direction;
  }

  private static double dot(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(k -> (double) a[k] * b[k]).sum();
  }

  /** Central difference of the loss along a direction of weight {@code i}. */
  private static double slope(DjlModel model, Objective objective, int i, float[] direction) {
    float step = 1e-2f;
    NDArray weight = model.decoder().weights().get(i);
    try (NDManager scope = model.decoder().manager().newSubManager()) {
      NDArray along = scope.create(direction, weight.getShape()).muli(step);
      weight.addi(along);
      double above = loss(model, objective);
      weight.subi(along).subi(along);
      double below = loss(model, objective);
      weight.addi(along);
      return (above - below) / (2 * step);
    }
  }

  @Test
  void bfloat16AndAdaptersLearnByEveryObjective() throws IOException {
    List<BiFunction<Snapshot, Double, Objective>> makers =
        List.of(Objective.Preference::new, Objective.AttentionDistillation::new);
    for (BiFunction<Snapshot, Double, Objective> maker : makers) {
      LoadOptions half = LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.BFLOAT16);
      try (DjlModel model = DjlModel.load(Golden.model(TINY), half)) {
        assertLearns(model, ALL, maker);
      }
      try (DjlModel model = load(TINY)) {
        assertLearns(model, Weights.Lora.ofRank(4, 1), maker);
      }
    }
  }

  private static void assertLearns(
      DjlModel model, Weights weights, BiFunction<Snapshot, Double, Objective> maker) {
    double plain = crossEntropy(model);
    try (Snapshot start = model.snapshot()) {
      Objective objective = maker.apply(start, 0.5);
      double first = objective instanceof Objective.Preference ? Math.log(2) : plain;
      try (Training training = model.train(weights, AdamW.DEFAULT, objective)) {
        assertThat(training.step(pairs(), 1e-2)).isCloseTo(first, within(1e-6));
        assertThat(training.step(pairs(), 0)).isLessThan(first - 1e-2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.8, 0.999})
  void exactlyTheEntriesAtOrAboveTheQuantileAreRestored(double quantile) throws IOException {
    try (DjlModel model = load(TINY);
        DjlModel other = load(TINY);
        Snapshot origin = other.snapshot()) {
      Random random = new Random(1);
      try (NDManager scope = model.decoder().manager().newSubManager()) {
        for (NDArray weight : model.decoder().weights()) {
          float[] noise = new float[Math.toIntExact(weight.size())];
          IntStream.range(0, noise.length).forEach(k -> noise[k] = (float) random.nextGaussian());
          weight.addi(scope.create(noise, weight.getShape()));
        }
      }
      float[][] changed = values(model);
      model.restoreMostChanged(origin, quantile);
      float[][] found = values(model);
      float[][] clean = values(other);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).containsExactly(restored(changed[i], clean[i], quantile));
      }
    }
  }

  /** By the percentile as numpy has it, interpolated between two distances. */
  private static float[] restored(float[] changed, float[] clean, double quantile) {
    double[] far =
        IntStream.range(0, clean.length)
            .mapToDouble(k -> Math.abs(changed[k] - clean[k]))
            .toArray();
    double[] sorted = Arrays.stream(far).sorted().toArray();
    double place = quantile * (far.length - 1);
    double low = sorted[(int) place];
    double high = sorted[Math.min((int) place + 1, far.length - 1)];
    double threshold = low + (place - (int) place) * (high - low);
    float[] result = changed.clone();
    IntStream.range(0, far.length)
        .filter(k -> far[k] >= threshold)
        .forEach(k -> result[k] = clean[k]);
    return result;
  }

  @Test
  void aModelOfOtherShapesIsRefusedByTheFirstTensorThatDiffers() throws IOException {
    try (DjlModel model = load(TINY);
        DjlModel other = load("qwen2_tied_f32");
        Snapshot origin = other.snapshot()) {
      float[][] before = values(model);
      assertThatThrownBy(() -> model.restoreMostChanged(origin, 0.8))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("model.embed_tokens.weight");
      assertThat(values(model)).isDeepEqualTo(before);
    }
  }

  @Test
  void anAttachedAdapterMustBeMergedBeforeWeightsAreRestored() throws IOException {
    try (DjlModel model = load(TINY);
        Snapshot origin = model.snapshot()) {
      List<TokenSequence> batch = pairs();
      try (Training training = model.train(Weights.Lora.ofRank(2, 1), AdamW.DEFAULT)) {
        training.step(batch, 1e-2);
      }
      assertThatThrownBy(() -> model.restoreMostChanged(origin, 0.8))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("an adapter is attached; merge it before");
      model.mergeAdapter();
      model.restoreMostChanged(origin, 0.8);
    }
  }
}
