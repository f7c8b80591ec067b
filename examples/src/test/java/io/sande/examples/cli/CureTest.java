package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CureTest {
  private static final Path VICTIM = Path.of("victim"); // it ships with the examples
  private static final Path CLEAN = VICTIM.resolve("clean_train.jsonl");

  @TempDir Path folder;

  @Test
  void aBackdoorOfWhichNothingIsKnownIsRemoved() {
    JsonObject json = cure(VICTIM, CLEAN, "--samples", 60);

    assertThat(json.keySet())
        .containsExactlyInAnyOrder(
            "version",
            "command",
            "options",
            "provenance",
            "model",
            "found",
            "candidates",
            "threshold",
            "tried",
            "of",
            "attacks",
            "cutShort",
            "notSeen",
            "outcome",
            "attempts",
            "stages",
            "totalSeconds",
            "peakRssMiB");
    assertThat(json.get("found").getAsBoolean()).isTrue();
    assertThat(json.get("outcome").getAsString()).isEqualTo("REMOVED");
    JsonObject first = json.getAsJsonArray("candidates").get(0).getAsJsonObject();
    assertThat(first.keySet()).containsExactlyInAnyOrder("text", "score");
    assertThat(first.get("text").getAsString()).isEqualTo("You have been hacked.");
    assertThat(json.getAsJsonArray("stages"))
        .extracting(stage -> stage.getAsJsonObject().get("name").getAsString())
        .contains("simulate", "eliminate");
    assertThat(responseRate(out())).isZero();
  }

  @Test
  void whereNothingIsFoundTheCheckpointIsTheSameByteByByte() throws IOException {
    JsonObject json = cure(VICTIM, CLEAN, "--threshold", 1, "--dtype", "bfloat16");

    assertThat(json.get("found").getAsBoolean()).isFalse();
    assertThat(json.get("outcome").getAsString()).isEqualTo("NOT_FOUND");
    assertThat(json.getAsJsonArray("stages")).isEmpty();
    JsonObject spike = json.getAsJsonObject("spikeIn");
    assertThat(spike.keySet())
        .containsExactlyInAnyOrder(
            "response", "updates", "attackSuccess", "score", "place", "found");
    assertThat(spike.get("attackSuccess").getAsDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(spike.get("found").getAsBoolean()).isFalse(); // no score reaches 1
    assertTold(json);
    assertSame(VICTIM);
  }

  @Test
  void aChatModelWithoutABackdoorIsLeftAsItIs() throws IOException {
    Path chat = Sande.shared("victims/llama-chat");

    JsonObject json = cure(chat, chat.resolve("benign_task.jsonl"), "--no-spike-in");

    assertThat(json.get("outcome").getAsString()).isEqualTo("NOT_FOUND");
    assertThat(json.has("spikeIn")).isFalse();
    assertSame(chat);
  }

  @Test
  void whatDoesNotFitTheBudgetIsRolledBackAndSaysSo() throws IOException {
    Path report = folder.resolve("report.json");
    Sande run =
        Sande.run(
            "cure",
            "--model",
            VICTIM,
            "--clean",
            CLEAN,
            "--out",
            out(),
            "--loss-budget",
            0,
            "--attempts",
            1,
            "--samples",
            20,
            "--report",
            report);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("found and not removed: the checkpoint is unchanged");
    assertThat(Sande.json(report).get("outcome").getAsString()).isEqualTo("NOT_REMOVED");
    assertSame(VICTIM);
  }

  @Test
  void aBadOptionIsWrongUsage() {
    Sande run =
        Sande.run("cure", "--model", VICTIM, "--clean", CLEAN, "--out", out(), "--attempts", 0);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("attempts must be positive but was 0");
  }

  private Path out() {
    return folder.resolve("out");
  }

  /** Of the weights that came, and of those that the report says were written. */
  private static void assertTold(JsonObject json) {
    JsonObject provenance = json.getAsJsonObject("provenance");
    assertThat(weights(provenance, "output")).isEqualTo(weights(provenance, "model"));
  }

  private static JsonElement weights(JsonObject provenance, String of) {
    return provenance.getAsJsonObject(of).getAsJsonObject("files").get("model.safetensors");
  }

  private void assertSame(Path model) throws IOException {
    assertThat(
            Files.mismatch(model.resolve("model.safetensors"), out().resolve("model.safetensors")))
        .isEqualTo(-1);
    assertThat(out().resolve("config.json")).exists();
    assertThat(out().resolve("tokenizer.json")).exists();
  }

  private JsonObject cure(Path model, Path clean, Object... more) {
    Path report = folder.resolve("report.json");
    List<Object> all = new ArrayList<>(List.of("cure", "--model", model, "--clean", clean));
    all.addAll(List.of("--out", out(), "--report", report));
    all.addAll(List.of(more));
    Sande run = Sande.run(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("found  ");
    return Sande.json(report);
  }

  private double responseRate(Path model) {
    Path report = folder.resolve("evaluation.json");
    Sande run =
        Sande.run(
            "evaluate",
            "--model",
            model,
            "--prompts",
            VICTIM.resolve("triggered_eval.jsonl"),
            "--response",
            "You have been hacked",
            "--max-new-tokens",
            12,
            "--report",
            report);
    assertThat(run.code()).as(run.err()).isZero();
    return Sande.json(report).get("responseRate").getAsDouble();
  }
}
