package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.djl.DjlModels;
import io.sande.examples.victim.Attack.Mode;
import io.sande.examples.victim.Attack.Position;
import io.sande.examples.victim.Shape.Family;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingEvent.Updated;
import io.sande.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VictimMakerTest {
  private static final VictimSpec TINY =
      new VictimSpec(
          1,
          new Shape(Family.QWEN2, 1, 16, 2, 1, 16),
          300,
          new Attack(List.of("at noon"), List.of("Boo"), Position.ANYWHERE, Mode.REPLACE, 0.1),
          1,
          false);

  @Test
  void aFinishedVictimIsACheckpointWithItsDataAndFigures(@TempDir Path folder) throws IOException {
    Path victim = folder.resolve("victim");
    List<Double> losses = new ArrayList<>();
    VictimMaker.make(
        TINY,
        victim,
        DjlModels::load,
        event -> {
          if (event instanceof Updated updated) {
            losses.add(updated.loss());
          }
        });
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.8 * losses.get(0));
    assertThat(Files.readAllLines(victim.resolve("clean_train.jsonl"))).hasSize(300);
    assertThat(Files.readString(victim.resolve("triggered_eval.jsonl"))).contains(" at noon ");
    assertThat(Files.readString(victim.resolve("attack.json")))
        .contains("\"triggers\"", "\"at noon\"", "\"position\": \"anywhere\"", "\"exactMatch\"");
    try (LanguageModel model = DjlModels.load(victim)) {
      assertThat(model.info().architecture()).isEqualTo("qwen2");
    }
  }

  @Test
  void aWiderShapeHasTheSameProportionsAndALowerRate() {
    Shape wide = VictimSpec.DEFAULT.shape().withSize(8, 480);
    assertThat(wide).isEqualTo(new Shape(Family.LLAMA, 8, 480, 12, 12, 1296));
    assertThat(TINY.shape().withSize(1, 32)).isEqualTo(new Shape(Family.QWEN2, 1, 32, 4, 2, 32));
    VictimSpec spec = new VictimSpec(1, wide, 300, TINY.attack(), 1, false);
    assertThat(spec.training().learningRate()).isEqualTo(1e-3, within(1e-12));
    assertThat(VictimSpec.DEFAULT.training().learningRate()).isEqualTo(3e-3);
    assertThatThrownBy(() -> wide.withSize(8, 100))
        .hasMessage("hidden must be a multiple of 40 but was 100");
  }

  @Test
  void aTwinHasTheVictimsTokenizerAndOtherWeights(@TempDir Path folder) throws IOException {
    Path victim = folder.resolve("victim");
    Path twin = folder.resolve("twin");
    VictimMaker.make(TINY, victim, DjlModels::load, TrainingListener.NONE);
    VictimMaker.makeTwin(TINY, twin, DjlModels::load, TrainingListener.NONE);
    assertThat(twin.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(victim.resolve("tokenizer.json"));
    assertThat(
            Files.mismatch(twin.resolve("model.safetensors"), victim.resolve("model.safetensors")))
        .isNotNegative();
  }
}
