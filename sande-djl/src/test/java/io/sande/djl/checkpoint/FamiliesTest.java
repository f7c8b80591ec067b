package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.djl.checkpoint.ModelConfig.Traits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamiliesTest {
  private static final String SHAPE =
      """
      "hidden_size": 64, "num_attention_heads": %d, "num_hidden_layers": 3,
      "intermediate_size": 96, "vocab_size": 100""";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @FieldSource("io.sande.djl.checkpoint.GoldenFiles#MODELS")
  void bothSpellingsMeanTheSame(String model) throws IOException {
    Path files = GoldenFiles.model(model);
    ModelConfig now = Families.read(files.resolve("config.json"));
    ModelConfig classic = Families.read(files.resolve("config.v4.json"));
    // the classic Mistral file does not name the padding token
    assertThat(classic)
        .usingRecursiveComparison()
        .ignoringFields(model.startsWith("mistral") ? "padToken" : "-")
        .isEqualTo(now);
  }

  @Test
  void readsGroupedLlama3() {
    ModelConfig config = read("llama3_gqa_tied_bf16/config.json");
    assertThat(config)
        .isEqualTo(
            new ModelConfig(
                "llama",
                2,
                64,
                4,
                2,
                16,
                112,
                512,
                256,
                1e-5,
                new Rope.Llama3(500_000, 8, 1, 4, 64),
                List.of(0, 0),
                true,
                511,
                Traits.PLAIN));
  }

  @Test
  void readsTheTraitsOfEachFamily() {
    assertThat(read("llama_linear_bias_f32/config.json").traits())
        .isEqualTo(new Traits(true, true, true, false));
    assertThat(read("qwen2_tied_f32/config.json").traits())
        .isEqualTo(new Traits(true, false, false, false));
    assertThat(read("qwen3_tied_bf16/config.json").traits())
        .isEqualTo(new Traits(false, false, false, true));
    assertThat(read("mistral_sw8_bf16/config.json").traits()).isEqualTo(Traits.PLAIN);
  }

  @Test
  void usesAWindowOnlyWhereTheFamilyDoes() {
    assertThat(read("mistral_sw8_bf16/config.json").windows()).containsExactly(8, 8, 8);
    assertThat(read("mistral_sw8_bf16/alt/no_window/config.json").windows())
        .containsExactly(0, 0, 0);
    assertThat(read("qwen2_tied_f32/alt/sliding_window/config.json").windows())
        .containsExactly(0, 6);
    // sliding_window is 4 here, but use_sliding_window is false
    assertThat(read("qwen2_tied_f32/config.v4.json").windows()).containsExactly(0, 0);
  }

  @Test
  void qwenHasItsWindowFromMaxWindowLayersOn() throws IOException {
    String keys = ", \"use_sliding_window\": true, \"max_window_layers\": 2";
    assertThat(write("qwen2", 32, keys).windows()).containsExactly(0, 0, 4096);
  }

  @Test
  void readsYarnWithItsAttentionFactor() {
    Rope rope = read("llama_linear_bias_f32/alt/rope_yarn/config.json").rope();
    assertThat(rope).isEqualTo(new Rope.Yarn(10_000, 4, 32, 1, 0.1 * Math.log(4) + 1, 32));
  }

  @Test
  void weighsTheAttentionFactorOfYarnAsDeepSeekDoes() throws IOException {
    String yarn =
        """
        , "rope_scaling": {"type": "yarn", "factor": 40, "mscale": 0.5, "mscale_all_dim": 1.0,
        "original_max_position_embeddings": 512}""";
    Rope.Yarn rope = (Rope.Yarn) write("llama", 4, yarn).rope();
    double log = Math.log(40);
    assertThat(rope.attentionFactor()).isEqualTo((0.05 * log + 1) / (0.1 * log + 1));
  }

  @ParameterizedTest
  @CsvSource({
    // family, heads, key-value heads, head size, context, window
    "llama, 4, 4, 16, 2048, 0",
    "mistral, 8, 8, 8, 131072, 4096",
    "qwen2, 32, 32, 2, 32768, 0",
    "qwen3, 32, 32, 128, 32768, 0"
  })
  void absentKeysMeanWhatTheClassOfTransformersHas(
      String family, int heads, int keyValueHeads, int headSize, int context, int window)
      throws IOException {
    ModelConfig config = write(family, heads, "");
    assertThat(config)
        .isEqualTo(
            new ModelConfig(
                family,
                3,
                64,
                heads,
                keyValueHeads,
                headSize,
                96,
                100,
                context,
                1e-6,
                new Rope.Default(10_000),
                List.of(window, window, window),
                false,
                -1,
                config.traits()));
  }

  @Test
  void aNullForKeyValueHeadsMeansAsManyAsQueryHeads() throws IOException {
    assertThat(write("mistral", 4, ", \"num_key_value_heads\": null").keyValueHeads()).isEqualTo(4);
  }

  @Test
  void aNegativePadTokenCountsFromTheEnd() throws IOException {
    assertThat(write("llama", 4, ", \"pad_token_id\": -1").padToken()).isEqualTo(99);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma_bf16", "gemma2_bf16", "phi3_bf16", "gpt2_f32", "gpt_neox_f16"})
  void otherFamiliesGetAListOfTheKnownOnes(String model) {
    Path config = GoldenFiles.model(model).resolve("config.json");
    assertThatThrownBy(() -> Families.read(config))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[config.json] unknown model_type '")
        .hasMessageEndingWith("; known are llama, mistral, qwen2, qwen3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"head_dim\": 15 | head_dim is 15 but must be even",
        "\"pad_token_id\": 100 | pad_token_id is 100 but must be an integer from -100 to 99",
        "\"rms_norm_eps\": 1e999 | is malformed: a number is too large",
        "\"rms_norm_eps\": -1 | rms_norm_eps is -1 but must be a number above 0",
        "\"tie_word_embeddings\": 1 | tie_word_embeddings is 1 but must be true or false",
        "\"hidden_size\": 64 | the key 'hidden_size' is there twice",
        "\"rope_scaling\": {\"type\": \"su\"} | rope_scaling.type is \"su\" but must be one of",
        "\"rope_scaling\": {\"type\": \"linear\"} | rope_scaling.factor is not there",
        "\"rope_scaling\": 3 | rope_scaling is 3 but must be an object",
        "\"partial_rotary_factor\": 0.5 | partial_rotary_factor is 0.5 but must be 1",
        "\"architectures\": [\"LlamaModel\"] | must be a causal language model"
      })
  void namesKeyAndValueOfWhatIsWrong(String key, String message) {
    assertThatThrownBy(() -> write("llama", 4, ", " + key))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void layerTypesMustBeAsManyAsLayers() {
    assertThatThrownBy(() -> write("qwen2", 32, ", \"layer_types\": [\"full_attention\"]"))
        .hasMessageContaining("must be a list of num_hidden_layers 3 entries");
  }

  private static ModelConfig read(String file) {
    try {
      return Families.read(GoldenFiles.path("models").resolve(file));
    } catch (CheckpointException e) {
      throw new AssertionError(e);
    }
  }

  private ModelConfig write(String family, int heads, String keys) throws IOException {
    String text = "{\"model_type\": \"" + family + "\", " + SHAPE.formatted(heads) + keys + "}";
    return Families.read(Files.writeString(folder.resolve("config.json"), text));
  }
}
