package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RopeFrequenciesTest {
  /** Padded length of the recorded batch. */
  private static final int LENGTH = 17;

  @ParameterizedTest
  @FieldSource("io.sande.djl.checkpoint.GoldenFiles#MODELS")
  void frequenciesEqualTransformersOn(String model) throws IOException {
    Path folder = GoldenFiles.model(model);
    ModelConfig config = Checkpoint.config(folder);
    try (SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"))) {
      check(config, golden.floats(golden.tensor("debug.inv_freq")));
    }
    assertThat(RopeFrequencies.attentionScaling(config.rope())).isEqualTo(1.0);
  }

  @ParameterizedTest
  @CsvSource({
    "llama_linear_bias_f32, rope_default",
    "llama_linear_bias_f32, rope_dynamic",
    "llama_linear_bias_f32, rope_yarn",
    "mistral_sw8_bf16, no_window",
    "qwen2_tied_f32, sliding_window"
  })
  void frequenciesEqualTransformersOnVariant(String model, String variant) throws IOException {
    Path folder = GoldenFiles.model(model).resolve("alt").resolve(variant);
    ModelConfig config = Checkpoint.config(folder);
    try (SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"))) {
      check(config, golden.floats(golden.tensor("inv_freq")));
      float scaling = golden.floats(golden.tensor("attention_scaling"))[0];
      assertThat(RopeFrequencies.attentionScaling(config.rope())).isCloseTo(scaling, within(1e-7));
    }
  }

  @Test
  void dynamicKeepsThePlainBaseUpToTheContextLength() {
    Rope.Dynamic dynamic = new Rope.Dynamic(10_000, 4, 12);
    float[] plain = RopeFrequencies.inverseFrequencies(new Rope.Default(10_000), 16, 12);
    assertThat(RopeFrequencies.inverseFrequencies(dynamic, 16, 12)).isEqualTo(plain);
    assertThat(RopeFrequencies.inverseFrequencies(dynamic, 16, 13)).isNotEqualTo(plain);
  }

  private static void check(ModelConfig config, float[] wanted) {
    float[] found = RopeFrequencies.inverseFrequencies(config.rope(), config.headSize(), LENGTH);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i] / wanted[i]).isCloseTo(1, within(1e-6f));
    }
  }
}
