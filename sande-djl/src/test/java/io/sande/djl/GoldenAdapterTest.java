package io.sande.djl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sande.model.AdamW;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters against what PEFT computes with the same folders. */
class GoldenAdapterTest {
  private static final AdamW PLAIN = new AdamW(0.9, 0.95, 1e-8, 0, Double.POSITIVE_INFINITY);
  @TempDir Path temporary;

  private final Path folder = Golden.shared("golden/lora");
  private final Golden golden = Golden.read(folder);
  private final Golden base = Golden.read(Golden.model("llama2_mha_f32"));

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter_zero_b", "adapter_patterns"})
  void logitsAreThoseOfPeftMergedOrNot(String name) throws IOException {
    try (DjlModel model = open()) {
      model.loadAdapter(folder.resolve(name));
      GoldenModelTest.assertLogits(model, golden.floats(name + ".logits"), base);
      model.mergeAdapter();
      GoldenModelTest.assertLogits(model, golden.floats(name + ".logits"), base);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter_zero_b"})
  void trainingIsThatOfPeft(String name) throws IOException {
    JsonObject adapter = golden.json().getAsJsonObject("adapters").getAsJsonObject(name);
    JsonArray losses = adapter.getAsJsonArray("losses");
    List<TokenSequence> batch = GoldenModelTest.batch(base);
    try (DjlModel model = open()) {
      model.loadAdapter(folder.resolve(name));
      try (Training training = model.train(Weights.Lora.ofRank(4, 0), PLAIN)) {
        for (int step = 0; step < 3; step++) {
          double wanted = losses.get(step).getAsDouble();
          assertThat(training.step(batch, 1e-2)).isCloseTo(wanted, within(1e-4));
        }
        assertThat(training.step(batch, 0)).isCloseTo(losses.get(3).getAsDouble(), within(1e-4));
      }
      for (Adapter.Part part : requireNonNull(model.decoder().adapter()).parts()) {
        String a = name + ".final." + part.module() + ".lora_A.weight";
        assertThat(golden.has(a)).as(a).isTrue();
        assertThat(part.a().toFloatArray()).containsExactly(golden.floats(a), within(3e-4f));
      }
    }
  }

  @Test
  void anAdapterSurvivesSavingAndASavedModelHasItMerged() throws IOException {
    try (DjlModel model = open()) {
      try (Training training = model.train(Weights.Lora.ofRank(2, 7), PLAIN)) {
        training.step(GoldenModelTest.batch(base), 1e-2);
        training.step(GoldenModelTest.batch(base), 1e-2);
      }
      List<double[]> scores = model.score(GoldenModelTest.batch(base));
      model.saveAdapter(temporary.resolve("adapter"));
      model.save(temporary.resolve("merged"));
      assertScores(model, scores, 0);
      try (DjlModel other = open();
          DjlModel merged = DjlModel.load(temporary.resolve("merged"), LoadOptions.DEFAULT)) {
        other.loadAdapter(temporary.resolve("adapter"));
        assertScores(other, scores, 0);
        assertScores(merged, scores, 1e-3);
      }
    }
  }

  private void assertScores(DjlModel model, List<double[]> wanted, double tolerance) {
    List<double[]> found = model.score(GoldenModelTest.batch(base));
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i)).containsExactly(wanted.get(i), within(tolerance));
    }
  }

  private static DjlModel open() throws IOException {
    return DjlModel.load(Golden.model("llama2_mha_f32"), LoadOptions.DEFAULT);
  }
}
