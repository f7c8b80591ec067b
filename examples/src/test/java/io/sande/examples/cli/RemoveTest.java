package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.djl.checkpoint.ParrotFile;
import io.sande.model.SoftPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoveTest {
  private static final Path VICTIM = Path.of("victim"); // it ships with the examples
  private static final Path CLEAN = VICTIM.resolve("clean_train.jsonl");
  private static final String RESPONSE = "You have been hacked";

  @TempDir Path folder;

  @Test
  void simulateWritesAParrotThatRemoveTakes() throws IOException {
    Path parrot = folder.resolve("parrot.safetensors");
    JsonObject simulated =
        run("simulate", "--samples", 40, "--simulate-epochs", 2, "--parrot-out", parrot);

    assertThat(names(simulated)).containsExactly("simulate");
    assertThat(simulated.get("probability").getAsDouble()).isGreaterThan(0.9);
    SoftPrompt prompt = ParrotFile.read(parrot).prompt();
    assertThat(prompt.length()).isEqualTo(6);
    assertThat(prompt.position()).isEqualTo(2);

    JsonObject removed = fixed("--parrot", parrot);
    assertThat(names(removed)).containsExactly("eliminate");
  }

  @Test
  void fixedTakesTheAuthorsTwoStages() {
    JsonObject report = fixed();

    assertThat(names(report)).containsExactly("simulate", "eliminate");
    assertThat(losses(report, 0)).hasSize(5);
    assertThat(losses(report, 1)).hasSize(5);
    assertThat(report.getAsJsonArray("verification")).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameLosses() {
    assertThat(losses(fixed(), 1)).isEqualTo(losses(fixed(), 1));
    assertThat(losses(fixed("--order", "given"), 1)).isNotEqualTo(losses(fixed(), 1));
  }

  @Test
  void aResponseThatWasNeverPlantedChangesNothing() {
    Sande run = ran("remove", "--samples", 40, "--response", "Bananas are blue", "--out", out());
    JsonObject report = Sande.json(report());

    assertThat(run.out()).contains("nothing was changed", "--schedule fixed");
    assertThat(names(report)).doesNotContain("eliminate");
    assertThat(report.getAsJsonArray("verification").get(0).getAsJsonObject().get("conclusion"))
        .hasToString("\"NOT_SIMULATED\"");
    assertThat(out().resolve("model.safetensors"))
        .hasSameBinaryContentAs(VICTIM.resolve("model.safetensors"));
  }

  @Test
  void aSpikeOfOurOwnIsReportedAndChangesNothing() throws IOException {
    fixed();
    byte[] without = Files.readAllBytes(out().resolve("model.safetensors"));
    JsonObject control = fixed("--spike-in").getAsJsonObject("positiveControl");

    assertThat(Files.readAllBytes(out().resolve("model.safetensors"))).isEqualTo(without);
    assertThat(control.get("response").getAsString()).startsWith("Paper boats");
    assertThat(control.getAsJsonObject("before").get("count").getAsInt()).isEqualTo(100);
    assertThat(control.getAsJsonObject("after").get("count").getAsInt()).isEqualTo(100);
    assertThat(control.has("outcome")).isTrue();
  }

  private Path out() {
    return folder.resolve("out");
  }

  private JsonObject fixed(Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("remove", "--schedule", "fixed", "--lr", 5e-4, "--samples", 20));
    arguments.addAll(List.of("--no-verify", "--out", out()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray());
  }

  private JsonObject run(Object... arguments) {
    ran(arguments);
    return Sande.json(report());
  }

  private Path report() {
    return folder.resolve("report.json");
  }

  private Sande ran(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--model", VICTIM, "--clean", CLEAN, "--report", report()));
    if (!all.contains("--response")) {
      all.addAll(List.of("--response", RESPONSE));
    }
    Sande run = Sande.run(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static List<String> names(JsonObject report) {
    return StreamSupport.stream(report.getAsJsonArray("stages").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(stage -> stage.get("name").getAsString())
        .toList();
  }

  private static JsonArray losses(JsonObject report, int stage) {
    return report.getAsJsonArray("stages").get(stage).getAsJsonObject().getAsJsonArray("losses");
  }
}
