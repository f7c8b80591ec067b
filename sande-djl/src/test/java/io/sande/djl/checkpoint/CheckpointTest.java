package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @FieldSource("io.sande.djl.checkpoint.GoldenFiles#MODELS")
  void hasTheParametersThatTransformersCounts(String model) throws IOException {
    JsonObject wanted =
        GoldenFiles.json("models/" + model + "/golden.json")
            .getAsJsonObject()
            .getAsJsonObject("parameters");
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.model(model))) {
      assertThat(checkpoint.tensors().stream().map(tensor -> tensor.entry().name()))
          .containsExactlyInAnyOrderElementsOf(wanted.keySet());
      for (StoredTensor tensor : checkpoint.tensors()) {
        assertThat(tensor.entry().shape())
            .isEqualTo(
                wanted.getAsJsonArray(tensor.entry().name()).asList().stream()
                    .map(dimension -> dimension.getAsLong())
                    .toList());
      }
    }
  }

  @Test
  void ignoresLeftOverFrequenciesAndACopyOfATiedEmbedding() throws IOException {
    assertThat(ignored("llama2_mha_f32"))
        .containsExactly(
            "model.layers.0.self_attn.rotary_emb.inv_freq",
            "model.layers.1.self_attn.rotary_emb.inv_freq");
    assertThat(ignored("qwen3_tied_bf16")).containsExactly("lm_head.weight");
    assertThat(ignored("qwen2_sharded_f16")).isEmpty();
  }

  static Stream<String> malformedIndex() throws IOException {
    return GoldenFiles.malformed("index").stream()
        .filter(entry -> entry.get("expect").getAsString().equals("refuse"))
        .map(entry -> entry.get("file").getAsString());
  }

  @ParameterizedTest
  @MethodSource("malformedIndex")
  void refusesAMalformedIndex(String file) {
    Path directory = GoldenFiles.path("malformed").resolve(file).resolveSibling("");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[model.safetensors.index.json] ");
  }

  @Test
  void opensAnIndexThatIsInOrderAndOneWithoutMetadata() throws IOException {
    for (String name : List.of("valid", "metadata_missing")) {
      try (Checkpoint checkpoint =
          Checkpoint.open(GoldenFiles.path("malformed/index").resolve(name))) {
        // embedding, output 16 each, 3 norms of 4, 7 matrices of 16
        assertThat(checkpoint.parameters()).isEqualTo(156);
      }
    }
  }

  static Stream<String> malformedConfig() throws IOException {
    return GoldenFiles.malformed("config").stream().map(entry -> entry.get("file").getAsString());
  }

  @ParameterizedTest
  @MethodSource("malformedConfig")
  void refusesAMalformedConfig(String file) throws IOException {
    Path model = withConfig(GoldenFiles.path("malformed").resolve(file));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageMatching("(?s)\\[(config.json|model.safetensors)] .*");
  }

  @Test
  void saysWhatShapeWasFoundAndWanted() throws IOException {
    Path model = withConfig(GoldenFiles.path("malformed/config/vocab_size_wrong.json"));
    assertThatThrownBy(() -> Checkpoint.open(model))
        .hasMessage(
            "[model.safetensors] tensor 'model.embed_tokens.weight' has shape [512, 64] but"
                + " config.json asks for [600, 64]. Weights and config.json come from different"
                + " models; download both again.");
  }

  @Test
  void saysWhatToDoWithoutSafetensors() throws IOException {
    Path model = withConfig(GoldenFiles.model("llama2_mha_f32").resolve("config.json"));
    Files.delete(model.resolve("model.safetensors"));
    assertThatThrownBy(() -> Checkpoint.open(model)).hasMessageContaining("download complete?");
    Files.writeString(model.resolve("pytorch_model.bin"), "");
    assertThatThrownBy(() -> Checkpoint.open(model))
        .hasMessageContaining("only pytorch_model.bin, a pickle that can run code");
  }

  @Test
  void anAdapterIsNoModel() {
    Path adapter = GoldenFiles.path("lora/adapter");
    assertThatThrownBy(() -> Checkpoint.open(adapter))
        .hasMessageStartingWith("[adapter] has an adapter, not a model");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("model.gguf"), "GGUF");
    assertThatThrownBy(() -> Checkpoint.open(file))
        .hasMessageStartingWith("[model.gguf] is no folder");
  }

  private Path withConfig(Path config) throws IOException {
    Path model = GoldenFiles.copy(GoldenFiles.model("llama2_mha_f32"), folder.resolve("model"));
    Files.write(model.resolve("config.json"), Files.readAllBytes(config));
    return model;
  }

  private static List<String> ignored(String model) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.model(model))) {
      return checkpoint.ignored();
    }
  }
}
