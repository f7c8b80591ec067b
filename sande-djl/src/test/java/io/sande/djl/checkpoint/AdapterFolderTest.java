package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterFolderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter_zero_b", "adapter_patterns"})
  void hasTheShapesAndScalingsOfPeft(String name) throws IOException {
    JsonObject golden =
        GoldenFiles.json("lora/golden.json")
            .getAsJsonObject()
            .getAsJsonObject("adapters")
            .getAsJsonObject(name);
    AdapterFolder adapter = AdapterFolder.read(GoldenFiles.path("lora/" + name), base());
    JsonObject scalings = golden.getAsJsonObject("scaling");
    JsonObject shapes = golden.getAsJsonObject("trainable");
    assertThat(adapter.modules().stream().map(LoraModule::name))
        .containsExactlyElementsOf(scalings.keySet());
    for (LoraModule module : adapter.modules()) {
      assertThat(adapter.config().scaling(module.name()))
          .isCloseTo(scalings.get(module.name()).getAsDouble(), within(1e-12));
      assertThat(List.of(module.rank(), module.inputs()))
          .isEqualTo(shape(shapes, module.name() + ".lora_A.weight"));
      assertThat(List.of(module.outputs(), module.rank()))
          .isEqualTo(shape(shapes, module.name() + ".lora_B.weight"));
    }
  }

  @Test
  void mergesToTheWeightsThatPeftGets() throws IOException {
    AdapterFolder adapter = AdapterFolder.read(GoldenFiles.path("lora/adapter"), base());
    try (SafetensorsFile golden =
            SafetensorsFile.open(GoldenFiles.path("lora/golden.safetensors"));
        SafetensorsFile model =
            SafetensorsFile.open(
                GoldenFiles.model("llama2_mha_f32").resolve("model.safetensors"))) {
      LoraModule module = adapter.modules().get(0);
      String name = module.name() + ".weight";
      float[] merged = model.floats(model.tensor(name));
      double scaling = adapter.config().scaling(module.name());
      for (int i = 0; i < merged.length; i++) {
        int row = i / module.inputs();
        int column = i % module.inputs();
        for (int r = 0; r < module.rank(); r++) {
          float b = module.b()[row * module.rank() + r];
          merged[i] += (float) (scaling * b * module.a()[r * module.inputs() + column]);
        }
      }
      float[] wanted = golden.floats(golden.tensor("adapter.merged." + name));
      assertThat(merged).containsExactly(wanted, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter_patterns"})
  void writesTheSameWeightsByteForByteAndReadsItsOwnConfig(String name) throws IOException {
    Path source = GoldenFiles.path("lora/" + name);
    AdapterFolder adapter = AdapterFolder.read(source, base());
    Path target = folder.resolve("out");
    adapter.write(target);
    adapter.write(target);
    assertThat(target.resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(source.resolve("adapter_model.safetensors"));
    assertThat(AdapterFolder.read(target, base()).config()).isEqualTo(adapter.config());
  }

  @Test
  void writesTheKeysThatPeftKnows() throws IOException {
    AdapterConfig config = AdapterConfig.of("base", 2, 4, List.of("v_proj", "q_proj"));
    assertThat(AdapterJson.write(config))
        .isEqualTo(
            """
            {
              "alpha_pattern": {},
              "base_model_name_or_path": "base",
              "bias": "none",
              "fan_in_fan_out": false,
              "inference_mode": true,
              "init_lora_weights": true,
              "lora_alpha": 4,
              "lora_dropout": 0.0,
              "peft_type": "LORA",
              "r": 2,
              "rank_pattern": {},
              "target_modules": [
                "q_proj",
                "v_proj"
              ],
              "task_type": "CAUSAL_LM",
              "use_rslora": false
            }""");
  }

  @Test
  void readsTheShortConfigOfOlderVersions() throws IOException {
    Path adapter = adapter();
    Files.move(
        adapter.resolve("adapter_config.v0_5.json"),
        adapter.resolve("adapter_config.json"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(AdapterFolder.read(adapter, base()).config().rank()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\": false | \"use_dora\": true | use_dora is true but must be off",
        "\"lora_bias\": false | \"lora_bias\": true | lora_bias is true but must be off",
        "\"bias\": \"none\" | \"bias\": \"all\" | bias is \"all\" but must be none",
        "\"modules_to_save\": null | \"modules_to_save\": [\"lm_head\"] | modules_to_save is",
        "\"layers_to_transform\": null | \"layers_to_transform\": [0] | layers_to_transform is",
        "\"fan_in_fan_out\": false | \"fan_in_fan_out\": true | fan_in_fan_out is true",
        "\"init_lora_weights\": true | \"init_lora_weights\": \"pissa\" | is \"pissa\" but must be",
        "\"peft_type\": \"LORA\" | \"peft_type\": \"IA3\" | peft_type is \"IA3\" but must be LORA",
        "\"r\": 4 | \"r\": 0 | r is 0 but must be an integer from 1",
        "\"r\": 4 | \"r\": 5 | has shape [4, 64] but the model",
        "\"q_proj\" | \"k_proj\" | has no tensor 'base_model.model.model.layers.0.self_attn.k_proj",
        "\"q_proj\", | '' | has tensors of no linear layer that target_modules names",
        "\"rank_pattern\": {} | \"rank_pattern\": {\"(\": 2} | is no regular expression"
      })
  void refusesOtherKindsOfAdapter(String from, String to, String message) throws IOException {
    Path adapter = adapter();
    Path config = adapter.resolve("adapter_config.json");
    String text = Files.readString(config).replaceAll("\\[\\s+", "[").replaceAll(",\\s+", ", ");
    assertThat(text).contains(from);
    Files.writeString(config, text.replace(from, to));
    assertThatThrownBy(() -> AdapterFolder.read(adapter, base()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aPatternMatchesTheEndOfANameFromADotOn() {
    // name                                  pattern            fits
    // model.layers.1.mlp.down_proj          down_proj          yes, after a dot
    // model.layers.1.mlp.down_proj          layers.1.mlp.d.*   yes
    // model.layers.11.mlp.down_proj         layers.1.mlp.d.*   no
    // model.layers.1.mlp.down_proj          own_proj           no, not after a dot
    assertThat(ModulePattern.end("down_proj").matches("model.layers.1.mlp.down_proj")).isTrue();
    ModulePattern layer = ModulePattern.end("layers.1.mlp.d.*");
    assertThat(layer.matches("model.layers.1.mlp.down_proj")).isTrue();
    assertThat(layer.matches("model.layers.11.mlp.down_proj")).isFalse();
    assertThat(ModulePattern.end("own_proj").matches("model.layers.1.mlp.down_proj")).isFalse();
  }

  @Test
  void aPatternThatWouldTakeForeverIsRefused() {
    ModulePattern pattern = ModulePattern.whole("(([a-z_.0-9]+)+)+!");
    assertThatThrownBy(() -> pattern.matches("model.layers.0.self_attn.q_proj"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the pattern '(([a-z_.0-9]+)+)+!' takes too many steps");
  }

  @Test
  void targetsAreNamesAllLayersOrAnExpression() throws IOException {
    ModelConfig base = base();
    assertThat(modules(new AdapterTargets.AllLinear(), base)).hasSize(14);
    assertThat(modules(new AdapterTargets.Matching(".*layers\\.1\\..*(q|v)_proj"), base))
        .containsExactly("model.layers.1.self_attn.q_proj", "model.layers.1.self_attn.v_proj");
    assertThat(modules(new AdapterTargets.Names(List.of("up_proj")), base)).hasSize(2);
  }

  private static List<String> modules(AdapterTargets targets, ModelConfig base) {
    return new AdapterConfig("", 1, 1, targets, false, Map.of(), Map.of())
        .modules(base).stream().sorted(Comparator.naturalOrder()).toList();
  }

  private Path adapter() throws IOException {
    return GoldenFiles.copy(GoldenFiles.path("lora/adapter"), folder.resolve("adapter"));
  }

  private static ModelConfig base() throws IOException {
    return Checkpoint.config(GoldenFiles.model("llama2_mha_f32"));
  }

  private static List<Integer> shape(JsonObject shapes, String name) {
    return shapes.getAsJsonArray(name).asList().stream().map(JsonElement::getAsInt).toList();
  }
}
