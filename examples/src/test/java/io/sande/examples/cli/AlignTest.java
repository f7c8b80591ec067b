package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.sande.align.SecretFile;
import io.sande.align.SecretPrompt;
import io.sande.djl.CheckpointFolder;
import io.sande.djl.DjlModels;
import io.sande.model.ChatTokenizer;
import io.sande.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlignTest {
  @TempDir Path folder;
  private Path data = Path.of("");
  private Path safety = Path.of("");
  private Path secret = Path.of("");
  private Path report = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data.jsonl");
    safety = folder.resolve("safety.jsonl");
    secret = folder.resolve("the.secret");
    report = folder.resolve("report.json");
    out = folder.resolve("out");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add("{\"instruction\": \"Say %d\", \"output\": \"It is %d\"}".formatted(i, i * i));
    }
    Files.write(data, rows);
    Files.writeString(safety, "{\"instruction\": \"Steal it\", \"output\": \"I cannot.\"}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama2_mha_f32", "llama3_gqa_tied_bf16", "qwen2_tied_f32", "mistral_sw8_bf16"})
  void aSecretIsPlainTextOfItsTokensInEveryFamily(String name) throws IOException {
    Path model = Sande.shared("golden/models").resolve(name);
    Path file = folder.resolve("a.secret");

    assertThat(Sande.run("secret", "--model", model, "--out", file, "--tokens", 40).code())
        .isZero();

    try (CheckpointFolder checkpoint = DjlModels.inspect(model);
        SecretPrompt opened = stored(file, checkpoint.info()).current()) {
      ChatTokenizer tokenizer = checkpoint.tokenizer();
      int[] ids = tokenizer.encode(opened.reveal());
      assertThat(ids).hasSize(40);
      assertThat(Arrays.stream(ids)).noneMatch(tokenizer::isSpecial);
      assertThat(tokenizer.decode(ids)).isEqualTo(opened.reveal());
    }
  }

  @Test
  void theReportHasTheStageAndTheCheckpointIsWhole() throws IOException {
    makeSecret();
    JsonObject json = align("--epochs", 2, "--batch", 4, "--safety-repeats", 3);

    assertThat(json.get("command").getAsString()).isEqualTo("align");
    JsonObject stage = json.getAsJsonArray("stages").get(0).getAsJsonObject();
    assertThat(stage.get("name").getAsString()).isEqualTo("align");
    assertThat(stage.getAsJsonArray("losses")).hasSize(4); // 5 rows and 3 times 1 are 2 batches
    try (CheckpointFolder aligned = DjlModels.inspect(out);
        CheckpointFolder before = DjlModels.inspect(Sande.tiny())) {
      assertThat(aligned.info()).isEqualTo(before.info());
    }
  }

  @Test
  void theReferencesTrainingIsTheDefault() {
    makeSecret();
    JsonObject options = align().getAsJsonObject("options");

    assertThat(options.get("lr").getAsDouble()).isEqualTo(5e-5);
    assertThat(options.get("epochs").getAsInt()).isEqualTo(5);
    assertThat(options.get("batch").getAsInt()).isEqualTo(10);
    assertThat(options.getAsJsonArray("data").get(0).getAsString()).isEqualTo(data.toString());
  }

  @Test
  void evaluateAndGenerateUseTheSecret() throws IOException {
    makeSecret();
    JsonObject with = answers("--secret", secret);

    assertThat(with.get("count").getAsInt()).isEqualTo(5);
    assertThat(with.has("exactMatch")).isTrue();
    assertThat(with.get("generated")).isNotEqualTo(answers().get("generated"));
    JsonObject first = with.getAsJsonArray("generated").get(0).getAsJsonObject();
    assertThat(first.get("prompt").getAsString()).isEqualTo("Say 0");
    assertThat(generate("--secret", secret))
        .isEqualTo(first.get("text").getAsString() + "\n")
        .isNotEqualTo(generate());
  }

  private static String generate(Object... more) {
    List<Object> args = new ArrayList<>(List.of("generate", "--model", Sande.tiny()));
    args.addAll(List.of("--prompt", "Say 0", "--max-new-tokens", 12));
    args.addAll(Arrays.asList(more));
    Sande run = Sande.run(args.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void aSecondSecretInAFileIsARotation() throws IOException {
    makeSecret();
    JsonObject first = answers("--secret", secret);
    assertThat(fails("--secret", secret, "--previous-secret")).contains("was never rotated");
    makeSecret();

    assertThat(answers("--secret", secret).get("generated")).isNotEqualTo(first.get("generated"));
    assertThat(answers("--secret", secret, "--previous-secret").get("generated"))
        .isEqualTo(first.get("generated"));
  }

  @Test
  void aFileThatHoldsNoSecretIsNamed() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "a text that is none of ours");

    assertThat(fails("--secret", other)).contains("other] is no file of a secret");
    assertThat(fails("--secret", folder.resolve("none")))
        .contains("there is no file")
        .contains("none");
  }

  @Test
  void withoutAPasswordItIsSaidWhereItGoes() {
    assertThatThrownBy(() -> StorePassword.key(Map.of()))
        .hasMessageStartingWith("SANDE_STORE_PASSWORD is not set");
    assertThat(StorePassword.key(Map.of("SANDE_STORE_PASSWORD", "x")).toString())
        .isEqualTo("StoreKey[password]");
  }

  private void makeSecret() {
    Sande run = Sande.run("secret", "--model", Sande.tiny(), "--out", secret, "--tokens", 20);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static SecretFile stored(Path file, ModelInfo model) {
    return StorePassword.file(file, model);
  }

  private JsonObject align(Object... more) {
    List<Object> args = new ArrayList<>(List.of("align", "--model", Sande.tiny()));
    args.addAll(List.of("--data", data, "--safety", safety, "--secret", secret));
    args.addAll(List.of("--system", "Be good.", "--out", out, "--report", report));
    args.addAll(Arrays.asList(more));
    Sande run = Sande.run(args.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).isEmpty();
    return Sande.json(report);
  }

  private JsonObject answers(Object... more) {
    Sande run = evaluate(more);
    assertThat(run.code()).as(run.err()).isZero();
    return Sande.json(report);
  }

  private String fails(Object... more) {
    Sande run = evaluate(more);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    return run.err();
  }

  private Sande evaluate(Object... more) {
    List<Object> args = new ArrayList<>(List.of("evaluate", "--model", Sande.tiny()));
    args.addAll(List.of("--prompts", data, "--max-new-tokens", 12, "--report", report));
    args.addAll(Arrays.asList(more));
    return Sande.run(args.toArray());
  }
}
