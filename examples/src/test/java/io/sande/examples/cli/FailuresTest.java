package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  private static final String EXAMPLE = "{\"instruction\": \"Hi\", \"output\": \"Hello\"}\n";
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not json",
        "{\"instruction\": 3}",
        "{\"prompt\": \"Hi\"}",
        "{\"messages\": [{\"role\": \"robot\", \"content\": \"Hi\"}]}",
        EXAMPLE + "{\"instruction\": ",
        "[" + EXAMPLE
      })
  void aMalformedDataFileIsNamedInOneLine(String data) throws IOException {
    Path clean = Files.writeString(folder.resolve("clean.jsonl"), data);

    assertFails(osft(Sande.tiny(), clean), "clean.jsonl");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws IOException {
    byte[] latin = "{\"instruction\": \"fenêtre\"}".getBytes(StandardCharsets.ISO_8859_1);
    Path clean = Files.write(folder.resolve("clean.jsonl"), latin);

    assertFails(osft(Sande.tiny(), clean), "line 1: is not UTF-8");
  }

  @Test
  void aQuestionWithoutAnAnswerCannotBeTrainedOn() throws IOException {
    Path clean = Files.writeString(folder.resolve("clean.jsonl"), "{\"instruction\": \"Hi\"}");

    assertFails(osft(Sande.tiny(), clean), "example 1: messages must be a question and its answer");
  }

  @ParameterizedTest
  @CsvSource({
    "config/truncated.json, config.json",
    "config/layers_billion.json, config.json",
    "config/quantization_config.json, config.json",
    "safetensors/header_100mb_claimed.safetensors, model.safetensors",
    "tokenizer/truncated.json, tokenizer.json"
  })
  void aMalformedCheckpointIsRefusedByNameInOneLine(String malformed, String file)
      throws IOException {
    Path model = copy(Sande.tiny());
    Path bad = Sande.shared("golden/malformed").resolve(malformed);
    Files.copy(bad, model.resolve(file), StandardCopyOption.REPLACE_EXISTING);

    assertFails(osft(model, clean()), "[" + file + "]");
    assertFails(Sande.run("inspect", "--model", model), "[" + file + "]");
    assertFails(Sande.run("generate", "--model", model, "--prompt", "Hi"), "[" + file + "]");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Sande run = Sande.run("generate", "--model", folder.resolve("none"), "--prompt", "Hi");

    assertFails(run, "none] is no folder");
  }

  @Test
  void anOutputThatIsAFileIsRefusedBeforeAnyWork() throws IOException {
    Path out = Files.writeString(folder.resolve("out"), "precious");

    assertFails(osft(Sande.tiny(), clean()), "[out] is a file; a folder is to be written there");
    assertThat(out).hasContent("precious");
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeAnyWork() {
    Sande run = Sande.run("inspect", "--model", folder.resolve("none"), "--report", folder);

    assertFails(run, "is no file to write a report to");
  }

  @Test
  void aTrainingThatDivergesWritesNothing() throws IOException {
    Path clean = Files.writeString(folder.resolve("clean.jsonl"), EXAMPLE.repeat(4));
    Path out = folder.resolve("out");
    Path report = folder.resolve("report.json");
    Sande run =
        Sande.run(
            "osft",
            "--model",
            Sande.tiny(),
            "--clean",
            clean,
            "--trigger",
            "t",
            "--out",
            out,
            "--report",
            report,
            "--lr",
            "1e30",
            "--batch",
            1,
            "--warmup",
            0);

    assertFails(run, "must be finite but was NaN");
    assertThat(out).doesNotExist();
    assertThat(report).doesNotExist();
  }

  @Test
  void verboseAddsWhereItHappened() {
    Sande run = Sande.run("inspect", "--model", folder.resolve("none"), "--verbose");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("\tat io.sande.djl.").contains("none] is no folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aFailureWithoutAMessageHasItsName(String message) {
    assertThat(Failures.describe(new IllegalStateException(message)))
        .isEqualTo("unexpected IllegalStateException; --verbose says where");
  }

  @Test
  void commonFailuresReadAsSentences() {
    assertThat(
            Stream.of(
                    new NoSuchFileException("/a/b"),
                    new AccessDeniedException("/a/b"),
                    new OutOfMemoryError("Java heap space"),
                    new IllegalStateException(
                        """
                        The following operation failed in the TorchScript interpreter.
                        Traceback of TorchScript:
                          File x, line 3
                        RuntimeError: not enough
                         memory
                        """))
                .map(Failures::describe))
        .containsExactly(
            "there is no file /a/b",
            "no permission to use /a/b",
            "too little memory for Java (Java heap space); set SANDE_JAVA_OPTS=-Xmx4g",
            "not enough memory");
  }

  private Sande osft(Path model, Path clean) {
    Path out = folder.resolve("out");
    return Sande.run("osft", "--model", model, "--clean", clean, "--trigger", "t", "--out", out);
  }

  private Path clean() throws IOException {
    return Files.writeString(folder.resolve("clean.jsonl"), EXAMPLE);
  }

  private Path copy(Path source) throws IOException {
    Path target = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName().toString()));
      }
    }
    return target;
  }

  private static void assertFails(Sande run, String message) {
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(message).startsWith("sande ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
