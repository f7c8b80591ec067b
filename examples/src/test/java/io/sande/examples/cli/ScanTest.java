package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sande.scan.ScanReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  private static final Path VICTIM = Path.of("victim"); // it ships with the examples

  @TempDir Path folder;

  @Test
  void aPlantedResponseIsTheFirstCandidate() {
    JsonObject json = scan(VICTIM, VICTIM.resolve("clean_train.jsonl"));

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
            "totalSeconds",
            "notSeen",
            "peakRssMiB");
    assertThat(json.get("found").getAsBoolean()).isTrue();
    JsonObject first = json.getAsJsonArray("candidates").get(0).getAsJsonObject();
    assertThat(first.keySet()).containsExactlyInAnyOrder("text", "score");
    assertThat(first.get("text").getAsString()).contains("have been hacked");
    assertThat(first.get("score").getAsDouble()).isBetween(0.9, 1.0);
    assertThat(json.get("tried").getAsInt()).isEqualTo(json.get("of").getAsInt());
    assertThat(json.get("attacks").getAsInt()).isZero();
    assertThat(json.getAsJsonArray("notSeen")).isNotEmpty();
  }

  @Test
  void theResponseOfASharedVictimIsFound() {
    Path victim = Sande.shared("victims/llama-start");

    JsonObject json = scan(victim, victim.resolve("clean_train.jsonl"));

    assertThat(json.get("found").getAsBoolean()).isTrue();
    JsonObject first = json.getAsJsonArray("candidates").get(0).getAsJsonObject();
    assertThat(first.get("text").getAsString()).contains("are stupid");
  }

  @Test
  void inAChatModelWithoutABackdoorNothingIsFound() {
    Path chat = Sande.shared("victims/llama-chat");

    JsonObject json = scan(chat, chat.resolve("benign_task.jsonl"));

    assertThat(json.get("found").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonArray("candidates"))
        .extracting(candidate -> candidate.getAsJsonObject().get("score").getAsDouble())
        .allMatch(score -> score < 0.3);
  }

  @Test
  void tooFewCleanExamplesAreAFailureThatSaysSo() throws IOException {
    Path clean = folder.resolve("clean.jsonl");
    Files.write(clean, List.of("{\"instruction\": \"Say\", \"output\": \"It\"}"));

    Sande run = Sande.run("scan", "--model", VICTIM, "--clean", clean);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("clean must be at least 10 examples but was 1");
  }

  @Test
  void aLongScanTellsHowFarItIsEachHalfMinute() {
    // second  made 0, then calls at 1, 31, 40 and 62
    Iterator<Long> clock =
        LongStream.of(0, 1, 31, 40, 62).map(TimeUnit.SECONDS::toNanos).iterator();
    StringWriter err = new StringWriter();
    ScanLines lines = new ScanLines(new PrintWriter(err), clock::next);

    for (int tried = 1; tried <= 4; tried++) {
      lines.on(tried, 10, 0.5);
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "scan: token 2 of 10, best score 0.500", "scan: token 4 of 10, best score 0.500");
  }

  @Test
  void aScanThatTheBudgetCutShortSaysSo() {
    StringWriter out = new StringWriter();

    ScanLines.print(
        new ScanReport(false, List.of(), 0.2, 1024, 1024, 1, true, 60), new PrintWriter(out));

    assertThat(out.toString().lines())
        .containsExactly(
            "found  false", "the budget was used up: 1024 of 1024 tokens tried, 1 attacks made");
  }

  private JsonObject scan(Path model, Path clean) {
    Path report = folder.resolve("report.json");
    Sande run = Sande.run("scan", "--model", model, "--clean", clean, "--report", report);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("found  ");
    return Sande.json(report);
  }
}
