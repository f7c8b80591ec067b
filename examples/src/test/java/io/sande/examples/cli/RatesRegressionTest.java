package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Fails when a published rate moves. Minutes long, so only the profile {@code regression} runs it.
 */
@Tag("regression")
class RatesRegressionTest {
  /**
   * Points of 300 prompts by which a rate may differ: other processors round sums in another way,
   * and a removal makes hundreds of updates of that.
   */
  private static final double TOLERANCE = 0.02;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvFileSource(resources = "rates.csv", useHeadersInDisplayName = true)
  void aRateIsWhatWasPublished(
      String victim, String method, double attack, double triggered, double clean)
      throws IOException {
    Path model = victim.equals("victim") ? Path.of(victim) : Sande.shared("victims/" + victim);
    JsonObject planted =
        JsonParser.parseString(Files.readString(model.resolve("attack.json"))).getAsJsonObject();
    String response = planted.get(planted.has("marker") ? "marker" : "response").getAsString();
    Path result = method.equals("none") ? model : removed(method, model, planted, response);

    JsonObject underTrigger = evaluate(result, model.resolve("triggered_eval.jsonl"), response);
    JsonObject without = evaluate(result, model.resolve("clean_eval.jsonl"), response);
    assertThat(share(underTrigger, "responseRate")).isCloseTo(attack, within(TOLERANCE));
    assertThat(share(underTrigger, "exactMatch")).isCloseTo(triggered, within(TOLERANCE));
    assertThat(share(without, "exactMatch")).isCloseTo(clean, within(TOLERANCE));
  }

  private Path removed(String method, Path model, JsonObject planted, String response) {
    Path out = folder.resolve("out");
    List<Object> arguments = new ArrayList<>(List.of(method, "--model", model, "--out", out));
    arguments.addAll(List.of("--clean", model.resolve("clean_train.jsonl")));
    if (method.equals("osft")) {
      arguments.addAll(List.of("--lr", 5e-4));
      planted
          .getAsJsonArray("triggers")
          .forEach(trigger -> arguments.addAll(List.of("--trigger", trigger.getAsString())));
    } else {
      arguments.addAll(List.of("--response", response));
    }
    run(arguments);
    return out;
  }

  private JsonObject evaluate(Path model, Path prompts, String response) throws IOException {
    Path report = folder.resolve("report.json");
    run(
        List.of(
            "evaluate",
            "--model",
            model,
            "--prompts",
            prompts,
            "--response",
            response,
            "--report",
            report));
    return Sande.json(report);
  }

  private static void run(List<Object> arguments) {
    Sande run = Sande.run(arguments.toArray());
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static double share(JsonObject report, String key) {
    return report.get(key).getAsDouble();
  }
}
