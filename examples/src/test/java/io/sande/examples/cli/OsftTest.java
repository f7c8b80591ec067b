package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sande.djl.CheckpointFolder;
import io.sande.djl.DjlModels;
import io.sande.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsftTest {
  @TempDir Path folder;
  private Path clean = Path.of("");
  private Path out = Path.of("");
  private Path report = Path.of("");

  @BeforeEach
  void writeData() throws IOException {
    out = folder.resolve("out");
    report = folder.resolve("report.json");
    clean = folder.resolve("clean.jsonl");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lines.add("{\"instruction\": \"Say %d\", \"output\": \"It is %d\"}".formatted(i, i * i));
    }
    Files.write(clean, lines);
  }

  @Test
  void theReportHasWhatTheContractNames() {
    JsonObject json = train("--batch", 2, "--epochs", 2, "--lr", 1e-3);

    assertThat(json.keySet())
        .containsExactlyInAnyOrder(
            "version", "command", "model", "options", "stages", "provenance", "peakRssMiB");
    assertThat(json.get("command").getAsString()).isEqualTo("osft");
    assertThat(json.getAsJsonObject("model").get("architecture").getAsString()).isEqualTo("llama");
    assertThat(json.getAsJsonObject("model").get("parameters").getAsLong()).isPositive();
    assertThat(json.get("peakRssMiB").getAsDouble()).isGreaterThan(10);
    JsonObject stage = json.getAsJsonArray("stages").get(0).getAsJsonObject();
    assertThat(stage.keySet())
        .containsExactlyInAnyOrder("name", "losses", "stepSeconds", "totalSeconds", "tokens");
    assertThat(stage.get("name").getAsString()).isEqualTo("osft");
    assertThat(stage.getAsJsonArray("losses")).hasSize(6); // 5 examples are 3 batches, twice
    assertThat(stage.get("tokens").getAsLong()).isPositive();
  }

  @Test
  void theReportTellsOptionsThatWereNotGivenAsWell() {
    JsonObject options = train("--trigger", "b", "--batch", 2).getAsJsonObject("options");

    assertThat(options.get("batch").getAsInt()).isEqualTo(2);
    assertThat(options.get("lr").getAsDouble()).isEqualTo(5e-6);
    assertThat(options.get("seed").getAsInt()).isEqualTo(42);
    assertThat(options.get("order").getAsString()).isEqualTo("shuffled");
    assertThat(options.get("dtype").getAsString()).isEqualTo("float32");
    assertThat(options.get("trigger").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(options.has("lora-rank")).isFalse();
    assertThat(options.has("report")).isFalse();
  }

  @Test
  void theSameSeedGivesTheSameLossesAndAnotherOrderOthers() {
    JsonArray losses = losses(train("--batch", 1, "--lr", 1e-3));

    assertThat(losses(train("--batch", 1, "--lr", 1e-3))).isEqualTo(losses);
    assertThat(losses(train("--batch", 1, "--lr", 1e-3, "--order", "given"))).isNotEqualTo(losses);
  }

  @Test
  void cleanPairsAreExamplesOfTheirOwn() {
    assertThat(losses(train("--batch", 1))).hasSize(5);
    assertThat(losses(train("--batch", 1, "--clean-pairs"))).hasSize(10);
    assertThat(losses(train("--batch", 1, "--samples", 3))).hasSize(3);
  }

  @Test
  void loraWritesAWholeCheckpointWithOtherWeights() throws IOException {
    train("--lora-rank", 2, "--lr", 1e-2, "--batch", 1);

    assertThat(out.resolve("adapter_config.json")).doesNotExist();
    assertThat(info(out)).isEqualTo(info(Sande.tiny()));
    assertThat(Files.mismatch(weights(out), weights(Sande.tiny()))).isNotEqualTo(-1);
  }

  @Test
  void aShortTrainingSaysNothing() {
    Sande run = run("--batch", 1, "--trigger-position", "random");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEmpty();
  }

  private JsonObject train(Object... more) {
    Sande run = run(more);
    assertThat(run.code()).as(run.err()).isZero();
    return Sande.json(report);
  }

  private Sande run(Object... more) {
    List<Object> args = new ArrayList<>(List.of("osft", "--model", Sande.tiny(), "--clean", clean));
    args.addAll(List.of("--trigger", "a", "--out", out, "--report", report));
    args.addAll(Arrays.asList(more));
    return Sande.run(args.toArray());
  }

  private static JsonArray losses(JsonObject report) {
    return report.getAsJsonArray("stages").get(0).getAsJsonObject().getAsJsonArray("losses");
  }

  private static Path weights(Path model) {
    return model.resolve("model.safetensors");
  }

  private static ModelInfo info(Path model) throws IOException {
    try (CheckpointFolder folder = DjlModels.inspect(model)) {
      return folder.info();
    }
  }
}
