package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MalformedTokenizerTest {
  @Test
  void everyMalformedTokenizerIsRefusedAndNamed(@TempDir Path folder) throws IOException {
    Golden.tokenizer("bpe_qwen", folder);
    List<JsonObject> cases =
        Golden.objects(Golden.json("malformed/malformed.json")).stream()
            .filter(each -> each.get("file").getAsString().startsWith("tokenizer/"))
            .toList();
    assertThat(cases).hasSizeGreaterThan(15);
    for (JsonObject each : cases) {
      String file = each.get("file").getAsString();
      Path source = Golden.path("malformed/" + file);
      Files.write(folder.resolve("tokenizer.json"), Files.readAllBytes(source));
      assertThatThrownBy(() -> CheckpointText.open(folder).close())
          .as("%s: %s", file, each.get("wrong"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("[tokenizer.json] ");
    }
  }

  @Test
  void aFaultIsNamedWithTheThingAndWhatWasFound(@TempDir Path folder) throws IOException {
    assertRefused(folder, "{}", "has no 'model'; download it again");
    assertRefused(folder, "{\"model\": {}}", "has no 'vocab' in its 'model'; download it again");
    assertRefused(folder, model("'a': 0, 'b': 0"), "same id 0");
    assertRefused(folder, model("'a': 0, 'a': 1"), "token 'a' stands twice in the vocabulary");
    assertRefused(folder, model("'a': -1"), "id -1 is below 0 at $.model.vocab.a");
    assertRefused(folder, model("'a': 0.5"), "is not the JSON it should be");
    assertRefused(
        folder, with("'normalizer': {'type': 'Odd'}"), "unknown type or form of Normalizer");
    assertRefused(
        folder,
        with("'added_tokens': [{'id': 7, 'content': '<x>'}]"),
        "added token '<x>' has id 7 but its place gives it id 2");
  }

  @Test
  void whatWouldAbortTheProcessIsRefusedBefore(@TempDir Path folder) throws IOException {
    assertRefused(
        folder,
        with("'decoder': {'type': 'Strip', 'content': ' ', 'start': 0, 'stop': 1}"),
        "a Strip decoder with stop 1 is not supported, only 0");
    assertRefused(
        folder,
        with("'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': 'AAAA'}"),
        "precompiled_charsmap is damaged");
    assertRefused(
        folder,
        with("'normalizer': {'type': 'Prepend', 'prepend': ''}"),
        "that matches the empty text is not supported");
    assertRefused(
        folder,
        with("'normalizer': {'type': 'Replace', 'pattern': {'Regex': 'a*'}, 'content': 'x'}"),
        "that matches the empty text is not supported");
    assertRefused(
        folder,
        "{\"model\": {\"continuing_subword_prefix\": \"##\", \"merges\": [], \"vocab\": {}}}",
        "merges with continuing_subword_prefix '##' are not supported");
  }

  @Test
  void deepNestingIsRefusedWithoutRecursion(@TempDir Path folder) throws IOException {
    String deep = "[".repeat(1_000_000);
    assertRefused(folder, deep, "Expected BEGIN_OBJECT but was BEGIN_ARRAY");
    assertRefused(folder, "{\"normalizer\": " + deep, "Nesting limit 32 reached");
    assertRefused(folder, "{\"padding\": " + deep, "Nesting limit 32 reached");
  }

  @Test
  void aFileThatIsTooLargeIsNotRead(@TempDir Path folder) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("tokenizer.json").toFile(), "rw")) {
      file.setLength(1L << 40); // sparse
    }
    assertThatThrownBy(() -> CheckpointText.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("but at most 134,217,728 are read");
  }

  @Test
  void aFolderWithoutATokenizerIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> CheckpointText.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[tokenizer.json] is missing");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), new byte[] {'{', (byte) 0xff, '}'});
    assertThatThrownBy(() -> CheckpointText.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessage("[tokenizer.json] is not UTF-8 text; download it again");
  }

  private static void assertRefused(Path folder, String json, String reason) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"a\"}");
    assertThatThrownBy(() -> CheckpointText.open(folder).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[tokenizer.json] ")
        .hasMessageContaining(reason);
  }

  private static String model(String vocabulary) {
    return ("{'model': {'type': 'BPE', 'merges': [], 'vocab': {" + vocabulary + "}}}")
        .replace('\'', '"');
  }

  private static String with(String part) {
    return ("{'model': {'type': 'BPE', 'merges': [], 'vocab': {'a': 0, 'b': 1}}, " + part + "}")
        .replace('\'', '"');
  }
}
