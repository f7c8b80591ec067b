package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.align.SecretPrompt;
import io.sande.djl.CheckpointFolder;
import io.sande.djl.DjlModels;
import io.sande.model.ChatTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that the commands print, log and write is put on a heap: no 20 characters and no 8 tokens of
 * the secret are on it.
 */
class NothingOfTheSecretIsWrittenTest {
  private static final int CHARACTERS = 20;
  private static final int TOKENS = 8;
  private static final String REFUSAL =
      "{%- if messages[0]['content'] | length > 30 -%}"
          + "{{ raise_exception('too long: ' + messages[0]['content']) }}{%- endif -%}";

  @TempDir Path folder;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream heap = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Handler logs = new StreamHandler(heap, new SimpleFormatter());
  private final Logger root = Logger.getLogger("");
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Level level = root.getLevel();

  @BeforeEach
  void listen() {
    System.setOut(heap);
    System.setErr(heap); // SLF4J's simple logger writes there
    logs.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(logs);
  }

  @AfterEach
  void listenNoMore() {
    root.removeHandler(logs);
    root.setLevel(level);
    System.setErr(err);
    System.setOut(out);
  }

  @Test
  void byAnyCommandWhetherItWorksOrFails() throws IOException {
    Path model = Sande.tiny();
    Path secret = folder.resolve("the.secret");
    run(0, "secret", "--model", model, "--out", secret, "--tokens", 40);
    List<String> parts = parts(secret);
    Path data = data("data.jsonl", "Say 1");
    Path tooLong = data("long.jsonl", "Say ".repeat(2000));
    Path refusing = refusing(model);
    Path tuned = folder.resolve("tuned");

    run(0, align(model, data, secret, tuned));
    run(0, evaluate(tuned, data, secret));
    run(0, generate(tuned, "Hi", secret));
    run(1, evaluate(tuned, tooLong, secret));
    run(1, generate(tuned, "Say ".repeat(2000), secret));
    run(1, generate(tuned, "Hi", data));
    run(1, align(model, tooLong, secret, folder.resolve("none")));
    run(1, align(refusing, data, secret, folder.resolve("none")));
    run(1, evaluate(refusing, data, secret));
    run(1, generate(refusing, "Hi", secret));
    run(0, "secret", "--model", model, "--out", secret, "--tokens", 40); // a rotation
    run(0, evaluate(tuned, data, secret, "--previous-secret"));

    String written = plain(heap());
    assertThat(written).contains("its reason quotes the secret", "at io.sande.", "\"generated\"");
    assertThat(parts).hasSizeGreaterThan(40).noneMatch(written::contains);
  }

  private static Object[] align(Path model, Path data, Path secret, Path out) {
    return new Object[] {
      "align", "--model", model, "--data", data, "--safety", data, "--secret", secret, "--out", out
    };
  }

  private static Object[] evaluate(Path model, Path prompts, Path secret, Object... more) {
    return answers(more, "evaluate", "--model", model, "--prompts", prompts, "--secret", secret);
  }

  private static Object[] generate(Path model, String prompt, Path secret) {
    Object[] none = {};
    return answers(none, "generate", "--model", model, "--prompt", prompt, "--secret", secret);
  }

  private static Object[] answers(Object[] more, Object... args) {
    Object[] few = {"--max-new-tokens", 12};
    return Stream.of(args, few, more).flatMap(Arrays::stream).toArray();
  }

  /** Runs a command with all that it can tell. */
  private void run(int code, Object... args) throws IOException {
    Path report = folder.resolve("report-" + args[0] + ".json");
    Object[] more = {"--report", report, "--verbose"};
    Sande run = Sande.run(Stream.of(args, more).flatMap(Arrays::stream).toArray());
    heap.println(run.out() + run.err());
    assertThat(run.code()).as(run.err()).isEqualTo(code);
    if (code == 0) {
      heap.println(Files.readString(report));
    }
  }

  private Path data(String name, String question) throws IOException {
    String row = "{\"instruction\": \"%s\", \"output\": \"It is 1\"}\n".formatted(question);
    return Files.writeString(folder.resolve(name), row);
  }

  /** The same model with a chat template that quotes a long system prompt. */
  private Path refusing(Path model) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("refusing"));
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path template = copy.resolve("chat_template.jinja");
    Files.writeString(template, REFUSAL + Files.readString(template));
    return copy;
  }

  private static List<String> parts(Path secret) throws IOException {
    try (CheckpointFolder checkpoint = DjlModels.inspect(Sande.tiny());
        SecretPrompt opened = StorePassword.file(secret, checkpoint.info()).current()) {
      ChatTokenizer tokenizer = checkpoint.tokenizer();
      String text = opened.reveal();
      int[] ids = tokenizer.encode(text);
      Stream<String> characters =
          IntStream.rangeClosed(0, text.length() - CHARACTERS)
              .mapToObj(i -> text.substring(i, i + CHARACTERS));
      Stream<String> tokens =
          IntStream.rangeClosed(0, ids.length - TOKENS)
              .mapToObj(i -> tokenizer.decode(Arrays.copyOfRange(ids, i, i + TOKENS)));
      return Stream.concat(characters, tokens).map(NothingOfTheSecretIsWrittenTest::plain).toList();
    }
  }

  /** What was printed and logged, and every file that was written. */
  private String heap() throws IOException {
    logs.flush();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        heap.println(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
