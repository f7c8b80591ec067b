package io.sande.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationsTest {
  private static final String INSTRUCTION =
      "{\"instruction\": \"Add\", \"input\": \"1 and 2\", \"output\": \"3\", \"source\": [1]}";
  private static final String MESSAGES =
      """
      {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}, \
      {"role": "assistant", "content": "Hello \\u00e9\\n"}], "id": {"a": 1}}""";

  private static final Conversation ADD = Conversation.of("Add 1 and 2", "3");
  private static final Conversation HELLO =
      new Conversation(
          List.of(Message.system("Be brief."), Message.user("Hi"), Message.assistant("Hello é\n")));

  private final Path folder;

  ConversationsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(String content) throws IOException {
    return write(content.getBytes(StandardCharsets.UTF_8));
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("clean.jsonl"), content);
  }

  private List<Conversation> read(String content) throws IOException {
    return Conversations.read(write(content));
  }

  @Test
  void bothFormsMayStandInOneFile() throws IOException {
    assertThat(read(INSTRUCTION + "\n" + MESSAGES)).containsExactly(ADD, HELLO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\n%s\n",
        "\n%s\r\n\r\n  %s\n\n",
        "\uFEFF%s\n%s",
        "[%s, %s]",
        " \n[\n%s,\n%s\n]\n",
        "\uFEFF[%s, %s]"
      })
  void linesOrAnArrayWithBlanksAndAByteOrderMark(String form) throws IOException {
    assertThat(read(form.formatted(INSTRUCTION, MESSAGES))).containsExactly(ADD, HELLO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n%s\n", "[%s, %s]"})
  void gzipIsFoundByItsContent(String form) throws IOException {
    Path file = folder.resolve("clean.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(form.formatted(INSTRUCTION, MESSAGES).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Conversations.read(file)).containsExactly(ADD, HELLO);
  }

  @Test
  void anEmptyOrAbsentInputAddsNothing() throws IOException {
    String empty = "{\"instruction\": \"Hi\", \"input\": \"\", \"output\": \"yes\"}";
    String absent = "{\"instruction\": \"Hi\", \"output\": \"yes\"}";
    String none = "{\"instruction\": \"Hi\", \"input\": null, \"output\": \"yes\"}";
    assertThat(read(String.join("\n", empty, absent, none)))
        .containsOnly(Conversation.of("Hi", "yes"))
        .hasSize(3);
  }

  @Test
  void withoutAnOutputThereIsAPromptAlone() throws IOException {
    assertThat(read("{\"instruction\": \"Hi\"}\n{\"instruction\": \"Hi\", \"output\": null}"))
        .containsOnly(Conversation.prompt("Hi"))
        .hasSize(2);
  }

  @Test
  void onlyTheWantedSamplesAreRead() throws IOException {
    assertThat(Conversations.read(write(INSTRUCTION + "\n" + MESSAGES + "\nbroken"), 2)).hasSize(2);
    assertThat(Conversations.read(write("[" + INSTRUCTION + ", broken"), 1)).containsExactly(ADD);
    assertThat(Conversations.read(write(INSTRUCTION), 5)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"instruction\": | is not one JSON object: \"{\"instruction\":\"; wanted {\"instruction\"",
        "{\"instruction\": \"a\"} {} | is not one JSON object: \"{\"instruction\": \"a\"} {}\"; wanted",
        "{'instruction': 'a'} | is not one JSON object",
        "3 | is 3; wanted {\"instruction\"",
        "null | is null; wanted {\"instruction\"",
        "{\"prompt\": \"a\"} | has the keys [prompt]; wanted {\"instruction\"",
        "{\"instruction\": 3} | \"instruction\" is 3; wanted a text",
        "{\"instruction\": \"a\", \"input\": [\"b\"]} | \"input\" is a list; wanted a text",
        "{\"instruction\": \"a\", \"output\": {}} | \"output\" is an object; wanted a text",
        "{\"instruction\": \"\\ud83d\"} | \"instruction\" has half of a surrogate pair; wanted",
        "{\"messages\": \"a\"} | has \"messages\" that are a text; wanted a list of turns",
        "{\"messages\": []} | has no turn of the user among its \"messages\"; wanted at least one",
        "{\"messages\": [\"a\"]} | turn 1 is a text; wanted {\"role\", \"content\"}",
        "{\"messages\": [{\"content\": \"a\"}]} | turn 1 \"role\" is absent; wanted a text",
        "{\"messages\": [{\"role\": \"user\"}]} | turn 1 \"content\" is absent; wanted a text",
        "{\"messages\": [{\"role\": \"human\", \"content\": \"a\"}]}"
            + " | turn 1 has the role \"human\"; wanted one of system, user, assistant",
      })
  void aBadLineIsNamedWithWhatIsWrongAndWhatWasWanted(String line, String problem)
      throws IOException {
    Path file = write(INSTRUCTION + "\n\n" + line + "\n" + INSTRUCTION);
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("[" + file + "] line 3: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[3] | entry 1: is 3; wanted",
        "[{\"instruction\": \"a\"}, {\"instruction\": 1}] | entry 2: \"instruction\" is 1; wanted",
        "[{\"instruction\": \"a\"}, {\"instruction\" | entry 2: is not JSON; wanted",
        "[{\"instruction\": \"a\"} | entry 1: is not JSON; wanted",
        "[{\"instruction\": \"a\"}] x | entry 1: is not JSON; wanted",
        "[{\"instruction\": \"a\"}] [] | entry 1: is not JSON; wanted",
      })
  void aBadEntryOfAnArrayIsNamedByItsNumber(String array, String problem) throws IOException {
    Path file = write(array);
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("[" + file + "] " + problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n", "\uFEFF", "[]"})
  void aFileWithoutAnExampleIsRefused(String content) throws IOException {
    Path file = write(content);
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("[" + file + "] holds no example; wanted at least one");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedByTheirLine() throws IOException {
    byte[] latin = "{\"instruction\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    Path file = write(latin);
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "[" + file + "] line 1: is not UTF-8; wanted a file in UTF-8, so convert it first");
  }

  @Test
  void bytesThatAreNotUtf8AreFoundInAnArrayToo() throws IOException {
    byte[] latin = "[{\"instruction\": \"caf\u00e9\"}]".getBytes(StandardCharsets.ISO_8859_1);
    Path file = write(latin);
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"instruction\": \"", "[{\"instruction\": \""})
  void anExampleThatUnpacksWithoutEndIsStopped(String start) throws IOException {
    Path file = folder.resolve("bomb.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(start.getBytes(StandardCharsets.UTF_8));
      byte[] block = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 20; i++) {
        out.write(block);
      }
    }
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1: is longer than 16 MiB; wanted one example");
  }

  @Test
  void jsonThatNestsWithoutEndIsRefused() throws IOException {
    Path file = write("{\"instruction\": " + "[".repeat(100_000));
    assertThatThrownBy(() -> Conversations.read(file)).isInstanceOf(DataException.class);
  }

  @Test
  void brokenGzipIsRefused() throws IOException {
    Path file = write(new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThatThrownBy(() -> Conversations.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage("[" + file + "] is broken gzip; wanted a whole file");
  }

  @Test
  void aMissingFileOrAFolderIsRefused() {
    Path missing = folder.resolve("missing.jsonl");
    assertThatThrownBy(() -> Conversations.read(missing))
        .isInstanceOf(DataException.class)
        .hasMessage("[" + missing + "] is no file; wanted a data file in JSON Lines");
    assertThatThrownBy(() -> Conversations.read(folder)).isInstanceOf(DataException.class);
  }

  @Test
  void theHashSeesEveryTurnAndItsRole() {
    assertThat(Conversations.sha256(List.of(ADD, HELLO)))
        .hasSize(64)
        .isEqualTo(Conversations.sha256(List.of(Conversation.of("Add 1 and 2", "3"), HELLO)))
        .isNotEqualTo(Conversations.sha256(List.of(HELLO, ADD)))
        .isNotEqualTo(Conversations.sha256(List.of(ADD)));
    Conversation asUser = new Conversation(List.of(Message.user("a"), Message.user("b")));
    assertThat(Conversations.sha256(List.of(asUser)))
        .isNotEqualTo(Conversations.sha256(List.of(Conversation.of("a", "b"))));
  }
}
