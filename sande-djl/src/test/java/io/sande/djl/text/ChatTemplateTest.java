package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Message;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final List<Message> CHAT = List.of(Message.user("Hi"), Message.assistant("Yes"));

  @Test
  void laterPlacesGiveWayToEarlierOnes(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    assertTemplate(files.with("chat_template.json", "{'chat_template': '1'}"), "1");
    String inside = "{'eos_token': '</s>', 'chat_template': '2'}";
    assertTemplate(files.with("tokenizer_config.json", inside), "2");
    assertTemplate(files.with("additional_chat_templates/default.jinja", "3"), "3");
    assertTemplate(files.with("chat_template.jinja", "4"), "4");
  }

  @Test
  void ofNamedTemplatesTheDefaultCounts(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    String list =
        "{'chat_template': [{'name': 'rag', 'template': '1'}, {'name': 'default', 'template': '2'}]}";
    assertTemplate(files.with("chat_template.json", list), "2");
    String object = "{'chat_template': {'default': '3', 'rag': '4'}}";
    assertTemplate(files.with("chat_template.json", object), "3");
    assertThatThrownBy(files.with("chat_template.json", "{'chat_template': {'rag': '4'}}")::open)
        .isInstanceOf(CheckpointException.class)
        .hasMessage("[chat_template.json] has chat templates named [rag] but none named 'default'");
    assertThatThrownBy(files.with("chat_template.json", "{'chat_template': 7.5}")::open)
        .isInstanceOf(CheckpointException.class)
        .hasMessage("[chat_template.json] chat_template must be text or named texts but was 7.5");
  }

  @Test
  void aTokenThatIsNotSetIsUndefined(@TempDir Path folder) throws IOException {
    String template =
        "{{ bos_token is defined }} {{ pad_token }} {{ eos_token }} {{ image_token }}"
            + " {{ tools is none }} {{ add_generation_prompt }}";
    TinyCheckpoint files =
        new TinyCheckpoint(folder)
            .with("chat_template.jinja", template)
            .with(
                "tokenizer_config.json",
                "{'bos_token': null, 'eos_token': {'content': '</s>'}, 'pad_token': '<p>',"
                    + " 'extra_special_tokens': {'image_token': '<i>'}}");
    try (CheckpointText text = files.open()) {
      assertThat(text.render(CHAT, true)).isEqualTo("False <p> </s> <i> True True");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpe_llama3", "bpe_qwen", "sp_llama2", "sp_mistral"})
  void theSpellingsOfTransformers4MeanTheSame(String name, @TempDir Path folder)
      throws IOException {
    Golden.tokenizer(name, folder);
    try (CheckpointText text = CheckpointText.open(folder)) {
      Files.delete(folder.resolve("chat_template.jinja"));
      Path old = folder.resolve("tokenizer_config.v4.json");
      Files.write(folder.resolve("tokenizer_config.json"), Files.readAllBytes(old));
      try (CheckpointText same = CheckpointText.open(folder)) {
        assertThat(same.chatTemplatePlace()).isEqualTo("tokenizer_config.json");
        assertThat(same.render(CHAT, true)).isEqualTo(text.render(CHAT, true));
        assertThat(same.endOfTextId()).isEqualTo(text.endOfTextId());
        assertThat(same.padId()).isEqualTo(text.padId());
      }
    }
  }

  @Test
  void brokenTemplatesAreRefusedWithTheirPlace(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    assertThatThrownBy(files.with("chat_template.jinja", "{% for m in messages %}")::open)
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[chat_template.jinja] the chat template is broken: ");
    files.with("chat_template.jinja", "{{ raise_exception('no ' + messages[0].role) }}");
    try (CheckpointText text = files.open()) {
      assertThatThrownBy(() -> text.render(CHAT, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("chat_template.jinja")
          .hasMessageEndingWith("no user");
    }
  }

  private static void assertTemplate(TinyCheckpoint files, String rendered) throws IOException {
    try (CheckpointText text = files.open()) {
      assertThat(text.render(CHAT, false)).isEqualTo(rendered);
    }
  }
}
