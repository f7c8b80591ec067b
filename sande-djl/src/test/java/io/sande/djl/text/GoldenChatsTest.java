package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.data.Message;
import io.sande.data.Message.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is what transformers 5.23 made of the same templates and chats. */
class GoldenChatsTest {
  @ParameterizedTest
  @ValueSource(strings = {"llama2", "llama3", "chatml", "mistral", "chatml_generation"})
  void chatsReadAsInTransformers(String name, @TempDir Path folder) throws IOException {
    JsonObject golden = Golden.json("chat/golden_" + name + ".json").getAsJsonObject();
    try (CheckpointText text = open(golden, folder)) {
      for (JsonObject each : Golden.objects(golden.get("cases"))) {
        String rendered = each.get("rendered").getAsString();
        assertThat(text.encode(rendered)).as(rendered).isEqualTo(Golden.ids(each.get("ids")));
        if (each.has("add_generation_prompt")) { // else a last turn to be continued
          boolean prompt = each.get("add_generation_prompt").getAsBoolean();
          assertThat(text.render(chat(golden, each), prompt)).isEqualTo(rendered);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama2", "llama3", "chatml", "mistral", "chatml_generation"})
  void oddChatsAreRefusedWithTheTemplatesReason(String name, @TempDir Path folder)
      throws IOException {
    JsonObject golden = Golden.json("chat/golden_" + name + ".json").getAsJsonObject();
    try (CheckpointText text = open(golden, folder)) {
      for (JsonObject each : Golden.objects(golden.get("errors"))) {
        List<Message> chat = chat(golden, each);
        if (each.get("error").isJsonNull()) {
          assertThat(text.render(chat, false)).isEqualTo(each.get("rendered").getAsString());
        } else {
          assertThatThrownBy(() -> text.render(chat, false))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(each.get("error").getAsString());
        }
      }
    }
  }

  private static CheckpointText open(JsonObject golden, Path folder) throws IOException {
    Golden.tokenizer(golden.get("tokenizer").getAsString(), folder);
    Path template = Golden.path("chat/" + golden.get("template").getAsString());
    Files.write(folder.resolve("chat_template.jinja"), Files.readAllBytes(template));
    return CheckpointText.open(folder);
  }

  private static List<Message> chat(JsonObject golden, JsonObject each) {
    JsonElement chat = golden.getAsJsonObject("chats").get(each.get("chat").getAsString());
    return Golden.objects(chat).stream().map(GoldenChatsTest::message).toList();
  }

  private static Message message(JsonObject message) {
    String role = message.get("role").getAsString().toUpperCase(Locale.ROOT);
    return new Message(Role.valueOf(role), message.get("content").getAsString());
  }
}
