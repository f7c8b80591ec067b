package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.Objective;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model in mapped files against the same model in memory. */
class OffloadTest {
  private static final Path VICTIM = Path.of("../examples/victim");

  @TempDir Path folder;
  @TempDir Path saved;

  @ParameterizedTest
  @EnumSource
  void aTrainingLayerByLayerHasTheSameLossesAndWeights(LoadOptions.Precision dtype)
      throws IOException {
    LoadOptions options = LoadOptions.DEFAULT.withDtype(dtype);
    double tolerance = dtype == LoadOptions.Precision.FLOAT32 ? 1e-5 : 2e-2;
    try (DjlModel whole = DjlModel.load(VICTIM, options);
        DjlModel layered = DjlModel.load(VICTIM, options.withOffload(folder))) {
      List<Double> wanted = losses(whole, new Weights.All());
      List<Double> found = losses(layered, new Weights.All());
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(found.get(i)).isCloseTo(wanted.get(i), within(tolerance * wanted.get(i)));
      }
      assertThat(found.get(3)).isLessThan(found.get(0));
      double[] after = layered.score(batch(layered, false)).get(0);
      double[] same = whole.score(batch(whole, false)).get(0);
      assertThat(after).containsExactly(same, within(10 * tolerance));
    }
  }

  /** In memory the gradients of so many tokens are kept whole, by layers they never are. */
  @Test
  void ofManyTokensTheSame() throws IOException {
    int[] ids = IntStream.range(0, 450).map(i -> 5 + i * 37 % 1000).toArray();
    TokenSequence sequence = new TokenSequence(ids, Labels.ofResponse(10, 440, 440));
    List<List<Double>> losses = new ArrayList<>();
    for (Path place : Arrays.asList(null, folder)) {
      try (DjlModel model = DjlModel.load(VICTIM, LoadOptions.DEFAULT.withOffload(place));
          Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
        List<TokenSequence> batch = List.of(sequence, sequence);
        losses.add(IntStream.range(0, 3).mapToObj(i -> training.step(batch, 1e-3)).toList());
      }
    }
    for (int i = 0; i < 3; i++) {
      double wanted = losses.get(0).get(i);
      assertThat(losses.get(1).get(i)).isCloseTo(wanted, within(1e-5 * wanted));
    }
  }

  @Test
  void weightsWithoutMastersLearnToo() throws IOException {
    LoadOptions options = LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.BFLOAT16);
    try (DjlModel layered = DjlModel.load(VICTIM, options.withOffload(folder))) {
      List<Double> found = losses(layered, new Weights.Rounded(1));
      assertThat(found.get(3)).isLessThan(found.get(0));
    }
  }

  @Test
  void noFileIsLeftInTheFolderWhileTheModelIsOpen() throws IOException {
    try (DjlModel layered = DjlModel.load(VICTIM, LoadOptions.DEFAULT.withOffload(folder));
        Training training = layered.train(new Weights.All(), AdamW.DEFAULT);
        Stream<Path> files = Files.list(folder)) {
      training.step(batch(layered, false), 1e-3);
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatIsSavedIsWhatWasOpened() throws IOException {
    try (DjlModel layered = DjlModel.load(VICTIM, LoadOptions.DEFAULT.withOffload(folder))) {
      layered.save(saved.resolve("copy"));
    }
    assertThat(saved.resolve("copy/model.safetensors"))
        .hasSameBinaryContentAs(VICTIM.resolve("model.safetensors"));
  }

  @Test
  void otherObjectivesAreRefused() throws IOException {
    try (DjlModel layered = DjlModel.load(VICTIM, LoadOptions.DEFAULT.withOffload(folder));
        var reference = layered.snapshot()) {
      Objective preference = new Objective.Preference(reference, 0.1);
      assertThatThrownBy(() -> layered.train(new Weights.All(), AdamW.DEFAULT, preference))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cross entropy alone");
    }
  }

  @Test
  void aFolderThatIsNotThereIsToldBeforeAnythingIsRead() {
    LoadOptions options = LoadOptions.DEFAULT.withOffload(folder.resolve("nowhere"));
    assertThatThrownBy(() -> DjlModel.load(VICTIM, options)).hasMessageContaining("nowhere");
    assertThatThrownBy(() -> LoadOptions.DEFAULT.withOffload(folder).withGpu(0))
        .hasMessageContaining("offload");
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_tied_f32", "qwen3_tied_bf16", "mistral_sw8_bf16"})
  void tiedWeightsBiasesAndWindowsAreOffloadedToo(String name) throws IOException {
    Path model = Golden.model(name);
    try (DjlModel whole = DjlModel.load(model, LoadOptions.DEFAULT);
        DjlModel layered = DjlModel.load(model, LoadOptions.DEFAULT.withOffload(folder))) {
      List<Double> wanted = losses(whole, new Weights.All());
      List<Double> found = losses(layered, new Weights.All());
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(found.get(i)).isCloseTo(wanted.get(i), within(1e-5 * wanted.get(i)));
      }
    }
  }

  private static List<Double> losses(DjlModel model, Weights weights) {
    List<Double> losses = new ArrayList<>();
    try (Training training = model.train(weights, AdamW.DEFAULT)) {
      for (int i = 0; i < 4; i++) {
        losses.add(training.step(batch(model, i % 2 == 1), 1e-3));
      }
    }
    return losses;
  }

  /** Two sequences, the first with a soft prompt if asked for. */
  private static List<TokenSequence> batch(DjlModel model, boolean soft) {
    TokenSequence first =
        new TokenSequence(new int[] {5, 17, 60, 33, 8, 9}, Labels.ofResponse(3, 3, 3));
    TokenSequence second = new TokenSequence(new int[] {7, 30, 12, 44}, Labels.ofResponse(2, 2, 2));
    float[] values = new float[2 * model.info().hiddenSize()];
    Arrays.fill(values, 0.02f);
    return List.of(soft ? first.with(SoftPrompt.of(1, 2, values)) : first, second);
  }
}
