package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Message;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTextTest {
  @Test
  void nothingIsAddedCutOrPaddedWhateverTheFileSays(@TempDir Path folder) throws IOException {
    try (CheckpointText text = new TinyCheckpoint(folder).open()) {
      assertThat(text.encode("abab")).containsExactly(0, 1, 0, 1);
      assertThat(text.encode("a")).containsExactly(0);
      assertThat(text.encode("ab".repeat(5000))).hasSize(10_000);
      assertThat(text.encode("a</s>b")).containsExactly(0, 3, 1);
    }
  }

  @Test
  void decodingLeavesOutSpecialTokensAndUnknownIds(@TempDir Path folder) throws IOException {
    try (CheckpointText text = new TinyCheckpoint(folder).open()) {
      assertThat(text.decode(new int[] {2, 0, 4, 99, -1, 1, 3})).isEqualTo("a<p>b");
      assertThat(text.decode(new int[0])).isEmpty();
      assertThat(IntStream.range(-1, 9).filter(text::isSpecial)).containsExactly(2, 3);
      assertThat(text.size()).isEqualTo(5);
    }
  }

  @Test
  void halfASurrogatePairCountsAsTheReplacementCharacter() throws IOException {
    try (CheckpointText text = CheckpointText.open(Golden.path("tokenizers/bpe_qwen"))) {
      String half = "\uD83D";
      assertThat(text.decode(text.encode("x" + half + "y\uD83D\uDE00\0")))
          .isEqualTo("x\uFFFDy\uD83D\uDE00\0");
    }
  }

  @Test
  void withoutATemplateTurnsReadAsHumanAndAssistant(@TempDir Path folder) throws IOException {
    List<Message> chat =
        List.of(
            Message.system("Be kind."),
            Message.user("Hi"),
            Message.assistant("Hello"),
            Message.user("Bye"));
    try (CheckpointText text = new TinyCheckpoint(folder).open()) {
      assertThat(text.chatTemplatePlace()).isEqualTo("none");
      assertThat(text.render(chat, true))
          .isEqualTo("Be kind.\nHuman: Hi\nAssistant: Hello</s>Human: Bye\nAssistant: ");
    }
  }

  @Test
  void theEndOfTextIsNamedByTheTokenizerThenByTheModel(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder).with("config.json", "{'eos_token_id': 1}");
    assertEnd(files, "</s>", 3);
    assertEnd(files.with("tokenizer_config.json", "{'eos_token': {'content': '<s>'}}"), "<s>", 2);
    assertEnd(files.with("tokenizer_config.json", "{'eos_token': null}"), "b", 1);
    assertEnd(files.with("generation_config.json", "{'eos_token_id': [3, 2]}"), "</s>", 3);
    assertEnd(files.with("special_tokens_map.json", "{'eos_token': '<s>'}"), "<s>", 2);
  }

  @Test
  void generationStopsWhereTheModelSaysElseAtTheEndOfText(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    assertStops(files, 3);
    assertStops(files.with("config.json", "{'eos_token_id': 1}"), 1);
    assertStops(files.with("generation_config.json", "{'eos_token_id': [2, 3]}"), 2, 3);
    assertStops(files.with("generation_config.json", "{'eos_token_id': null}"), 1);
  }

  @Test
  void paddingIsNamedByTheTokenizerThenByTheModelElseTheEndOfText(@TempDir Path folder)
      throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    assertPad(files, 3);
    assertPad(files.with("config.json", "{'pad_token_id': 0}"), 0);
    assertPad(files.with("special_tokens_map.json", "{'pad_token': {'content': '<p>'}}"), 4);
    assertPad(files.with("special_tokens_map.json", "{'pad_token': 'not a token'}"), 0);
  }

  @Test
  void anEndOfTextThatIsNoTokenIsRefused(@TempDir Path folder) throws IOException {
    TinyCheckpoint files = new TinyCheckpoint(folder);
    files.with("tokenizer_config.json", "{'eos_token': '<end>'}");
    assertThatThrownBy(files::open)
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[tokenizer_config.json] eos_token '<end>' is not in");
    files.with("tokenizer_config.json", "{}");
    assertThatThrownBy(files::open).hasMessageStartingWith("[tokenizer_config.json] has no eos_");
    files.with("config.json", "{'eos_token_id': 'x'}");
    assertThatThrownBy(files::open)
        .isInstanceOf(CheckpointException.class)
        .hasMessage("[config.json] eos_token_id must be an id or a list of ids but was \"x\"");
  }

  @Test
  void manyThreadsEncodeAtOnce(@TempDir Path folder) throws IOException {
    try (CheckpointText text = new TinyCheckpoint(folder).open()) {
      assertThat(
              IntStream.range(0, 2000)
                  .parallel()
                  .filter(n -> text.encode("ab".repeat(n % 50)).length != 2 * (n % 50)))
          .isEmpty();
    }
  }

  @Test
  void afterClosingACallIsRefused(@TempDir Path folder) throws IOException {
    CheckpointText text = new TinyCheckpoint(folder).open();
    text.close();
    text.close();
    assertThatThrownBy(() -> text.encode("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> text.decode(new int[1])).isInstanceOf(IllegalStateException.class);
  }

  private static void assertEnd(TinyCheckpoint files, String token, int id) throws IOException {
    try (CheckpointText text = files.open()) {
      assertThat(text.endOfText()).isEqualTo(token);
      assertThat(text.endOfTextId()).isEqualTo(id);
    }
  }

  private static void assertStops(TinyCheckpoint files, Integer... ids) throws IOException {
    try (CheckpointText text = files.open()) {
      assertThat(text.endTokens()).containsExactlyInAnyOrder(ids);
    }
  }

  private static void assertPad(TinyCheckpoint files, int id) throws IOException {
    try (CheckpointText text = files.open()) {
      assertThat(text.padId()).isEqualTo(id);
    }
  }
}
