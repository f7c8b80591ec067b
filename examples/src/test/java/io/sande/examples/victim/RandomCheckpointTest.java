package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.examples.victim.Shape.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomCheckpointTest {
  private static final int VOCABULARY = 300;

  private final Path directory;

  RandomCheckpointTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aLlamaHasItsTensorsInItsShapes() throws IOException {
    write(Family.LLAMA);
    JsonObject header = header();
    assertThat(header.size()).isEqualTo(1 + 3 + 2 * 9);
    assertThat(shape(header, "model.embed_tokens.weight")).isEqualTo("[300,16]");
    assertThat(shape(header, "lm_head.weight")).isEqualTo("[300,16]");
    assertThat(shape(header, "model.norm.weight")).isEqualTo("[16]");
    assertThat(shape(header, "model.layers.1.self_attn.q_proj.weight")).isEqualTo("[16,16]");
    assertThat(shape(header, "model.layers.1.self_attn.v_proj.weight")).isEqualTo("[8,16]");
    assertThat(shape(header, "model.layers.1.mlp.down_proj.weight")).isEqualTo("[16,24]");
    assertThat(header.has("model.layers.1.self_attn.q_proj.bias")).isFalse();
  }

  @Test
  void aQwen2HasBiasesOnQueryKeyAndValue() throws IOException {
    write(Family.QWEN2);
    assertThat(shape(header(), "model.layers.0.self_attn.q_proj.bias")).isEqualTo("[16]");
    assertThat(shape(header(), "model.layers.0.self_attn.k_proj.bias")).isEqualTo("[8]");
    assertThat(header().has("model.layers.0.self_attn.o_proj.bias")).isFalse();
  }

  @Test
  void theConfigNamesTheFamilyAsTransformersDoes() throws IOException {
    write(Family.MISTRAL);
    JsonObject config =
        JsonParser.parseString(Files.readString(directory.resolve("config.json")))
            .getAsJsonObject();
    assertThat(config.get("model_type").getAsString()).isEqualTo("mistral");
    assertThat(config.get("architectures").toString()).isEqualTo("[\"MistralForCausalLM\"]");
    assertThat(config.get("vocab_size").getAsInt()).isEqualTo(VOCABULARY);
  }

  @Test
  void theDataFillTheFileAndNormsAreOne() throws IOException {
    write(Family.LLAMA);
    ByteBuffer file = ByteBuffer.wrap(weights()).order(ByteOrder.LITTLE_ENDIAN);
    int start = (int) (8 + file.getLong(0));
    JsonArray norm = offsets(header(), "model.norm.weight");
    assertThat(start + offsets(header(), "lm_head.weight").get(1).getAsInt())
        .isEqualTo(file.capacity());
    assertThat(file.getShort(start + norm.get(0).getAsInt())).isEqualTo((short) 0x3f80); // 1.0
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    write(Family.LLAMA);
    byte[] first = weights();
    Files.delete(directory.resolve("model.safetensors"));
    write(Family.LLAMA);
    assertThat(weights()).isEqualTo(first);
  }

  private void write(Family family) throws IOException {
    RandomCheckpoint.write(directory, new Shape(family, 2, 16, 4, 2, 24), VOCABULARY, 1);
  }

  private byte[] weights() throws IOException {
    return Files.readAllBytes(directory.resolve("model.safetensors"));
  }

  private JsonObject header() throws IOException {
    byte[] file = weights();
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return JsonParser.parseString(new String(file, 8, length, StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private static String shape(JsonObject header, String tensor) {
    return header.getAsJsonObject(tensor).get("shape").toString();
  }

  private static JsonArray offsets(JsonObject header, String tensor) {
    return header.getAsJsonObject(tensor).getAsJsonArray("data_offsets");
  }
}
