package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FamiliesPropertyTest {
  private static final List<String> FAMILIES = List.of("llama", "mistral", "qwen2", "qwen3");
  private static final List<String> KEYS =
      List.of(
          "hidden_size",
          "num_attention_heads",
          "num_hidden_layers",
          "intermediate_size",
          "vocab_size",
          "num_key_value_heads",
          "head_dim",
          "max_position_embeddings",
          "rms_norm_eps",
          "rope_theta",
          "rope_scaling",
          "rope_parameters",
          "sliding_window",
          "use_sliding_window",
          "max_window_layers",
          "layer_types",
          "tie_word_embeddings",
          "pad_token_id",
          "architectures",
          "hidden_act",
          "attention_bias",
          "auto_map");
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "1",
          "2",
          "-1",
          "64",
          "134217728",
          "99999999999999999999",
          "1e308",
          "0.5",
          "true",
          "\"silu\"",
          "\"x\"",
          "[]",
          "[null]",
          "[\"sliding_attention\"]",
          "{}",
          "{\"rope_type\":\"yarn\",\"factor\":1e-300,\"mscale\":1e300,\"mscale_all_dim\":1}",
          "{\"type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1,\"high_freq_factor\":4}",
          "{\"type\":\"dynamic\",\"factor\":2}",
          "{\"rope_theta\":\"x\"}");

  @Property(tries = 500)
  void anyConfigIsResolvedOrRefusedAsACheckpoint(@ForAll Random random) throws IOException {
    StringBuilder json = new StringBuilder("{\"model_type\":\"");
    json.append(FAMILIES.get(random.nextInt(FAMILIES.size()))).append('"');
    for (String key : KEYS) {
      boolean needed = KEYS.indexOf(key) < 5;
      if (needed || random.nextInt(4) == 0) {
        boolean odd = random.nextInt(needed ? 12 : 2) == 0;
        String value = odd ? VALUES.get(random.nextInt(VALUES.size())) : "32";
        json.append(",\"").append(key).append("\":").append(value);
      }
    }
    Path file = Files.createTempFile("config", ".json");
    try {
      ModelConfig config = Families.read(Files.writeString(file, json.append('}')));
      assertThat(config.windows()).hasSize(config.layers());
      assertThat(config.heads() % config.keyValueHeads()).isZero();
      assertThat(config.headSize() % 2).isZero();
      assertThat(RopeFrequencies.inverseFrequencies(config.rope(), 8, 100)).hasSize(4);
    } catch (CheckpointException e) {
      assertThat(e).hasMessageStartingWith("[" + file.getFileName() + "] ");
    } finally {
      Files.delete(file);
    }
  }
}
