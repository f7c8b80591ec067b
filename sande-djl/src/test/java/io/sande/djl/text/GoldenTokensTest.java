package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is what transformers 5.23 made of the same files. */
class GoldenTokensTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"bpe_llama3", "bpe_qwen", "bpe_gpt2", "sp_llama2", "sp_mistral", "sp_gemma"})
  void textsAndIdsAreThoseOfTransformers(String name) throws IOException {
    JsonObject golden = golden(name);
    try (CheckpointText text = CheckpointText.open(Golden.path("tokenizers/" + name))) {
      for (JsonObject each : Golden.objects(golden.get("cases"))) {
        String source = each.get("text").getAsString();
        assertThat(text.encode(source)).as(source).isEqualTo(Golden.ids(each.get("ids")));
        assertDecodes(text, each.get("ids_with_special"), each.get("decoded_skip_special"));
      }
      for (JsonObject each : Golden.objects(golden.get("decode_cases"))) {
        assertDecodes(text, each.get("ids"), each.get("decoded_skip_special"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bpe_llama3", "bpe_qwen", "bpe_gpt2", "sp_llama2", "sp_mistral", "sp_gemma"})
  void everySingleIdDecodesAsInTransformersUnlessItIsSpecial(String name) throws IOException {
    JsonArray single = golden(name).getAsJsonArray("decoded_single_ids");
    try (CheckpointText text = CheckpointText.open(Golden.path("tokenizers/" + name))) {
      for (int id = 0; id < single.size(); id++) {
        String wanted = text.isSpecial(id) ? "" : single.get(id).getAsString();
        assertThat(text.decode(new int[] {id})).as("id %d", id).isEqualTo(wanted);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bpe_llama3", "bpe_qwen", "bpe_gpt2", "sp_llama2", "sp_mistral", "sp_gemma"})
  void specialTokensAreThoseOfTransformers(String name) throws IOException {
    JsonObject golden = golden(name);
    try (CheckpointText text = CheckpointText.open(Golden.path("tokenizers/" + name))) {
      int end = golden.get("eos_token_id").getAsInt();
      JsonElement pad = golden.get("pad_token_id");
      assertThat(text.size()).isEqualTo(golden.get("length").getAsInt());
      assertThat(text.endOfText()).isEqualTo(golden.get("eos_token").getAsString());
      assertThat(text.endOfTextId()).isEqualTo(end);
      assertThat(text.endTokens()).containsExactly(end);
      assertThat(text.padId()).isEqualTo(pad.isJsonNull() ? end : pad.getAsInt());
      assertThat(Arrays.stream(Golden.ids(golden.get("all_special_ids"))))
          .allMatch(text::isSpecial);
    }
  }

  private static JsonObject golden(String name) throws IOException {
    return Golden.json("tokenizers/" + name + "/golden_tokens.json").getAsJsonObject();
  }

  private static void assertDecodes(CheckpointText text, JsonElement ids, JsonElement wanted) {
    assertThat(text.decode(Golden.ids(ids))).as("%s", ids).isEqualTo(wanted.getAsString());
  }
}
