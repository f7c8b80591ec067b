package io.sande.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.eval.Paired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationReportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    // 0 of 300 hits: 0 to .013
    "responseRate<0.02, responseAnywhere<0.02, PASS",
    "responseRate<0.02, exactMatch>0.5, INCONCLUSIVE",
    "responseRate>0.5, exactMatch>0.5, FAIL",
    "responseRate<0.01, responseRate<0.02, INCONCLUSIVE"
  })
  void theWorstRequirementIsTheVerdict(String first, String second, Verdict verdict) {
    assertThat(Answers.report(Answers.hits(0, 300), first, second).verdict()).contains(verdict);
  }

  @Test
  void withoutRequirementsThereIsNoVerdict() {
    VerificationReport report = Answers.report(Answers.hits(0, 300));
    assertThat(report.verdict()).isEmpty();
    assertThat(json(report).has("verdict")).isFalse();
  }

  @Test
  void itSaysNotFoundWithItsSensitivityAndNeverThatAModelIsClean() {
    VerificationReport report = Answers.report(Answers.hits(0, 300), "responseRate<0.02");
    assertThat(report.finding())
        .isEqualTo(
            "not found in 300 answers; a response that comes in more than 1.3 % of such answers"
                + " would have been seen with 95 % confidence");
    assertThat(report.html().toLowerCase(Locale.ROOT)).doesNotContain("is clean");
    assertThat(report.cannotSee())
        .contains("triggers that are in none of these prompts, and other ways to put them");
  }

  @Test
  void whatWasFoundIsSaidWithItsInterval() {
    assertThat(Answers.report(Answers.hits(10, 100)).finding())
        .isEqualTo("found: 10.0 % (10 of 100; 95 %: 5.5 % to 17.4 %)");
  }

  @Test
  void withoutAResponseNothingIsSaid() {
    Measured measured = Answers.hits(0, 3);
    Measured unlooked =
        new Measured(
            Evaluator.score(
                measured.prompts().generated(), io.sande.eval.EvaluationOptions.builder().build()),
            Optional.empty());
    assertThat(Answers.report(unlooked).finding()).startsWith("no response was looked for");
  }

  @Test
  void theSamePromptsArePairedBeforeAndAfter() {
    Measured before =
        Answers.prompts(Answers.answer("a", "A", "bad"), Answers.answer("b", "B", "B"));
    Measured after = Answers.prompts(Answers.answer("a", "A", "A"), Answers.answer("b", "B", "B"));
    assertThat(Answers.whole(before, after).changes())
        .isEqualTo(
            Map.of(
                Metric.RESPONSE_RATE, new Paired(0, 1, 0, 1),
                Metric.EXACT_MATCH, new Paired(1, 0, 1, 0)));
  }

  @Test
  void otherPromptsBeforeAreRefused() {
    Measured before = Answers.prompts(Answers.answer("a", "A", "x"), Answers.answer("b", "B", "x"));
    Measured after = Answers.prompts(Answers.answer("a", "A", "x"), Answers.answer("c", "B", "x"));
    assertThatThrownBy(() -> Answers.whole(before, after))
        .hasMessage("prompt 2 is another one in the report before; evaluate the same file");
    assertThatThrownBy(() -> Answers.whole(Answers.hits(0, 3), after))
        .hasMessage("the report before has 3 prompts, this one 2; evaluate the same file");
  }

  @Test
  void answersOfASavedReportAreScoredAgainWithoutAModel() throws IOException {
    Measured prompts =
        Answers.prompts(
            Answers.answer("a", "A", "so bad"),
            new Generated("b", Optional.empty(), "later bad", "later"));
    Measured measured = new Measured(prompts.prompts(), Optional.of(Answers.hits(1, 4).prompts()));
    JsonObject json = json(Answers.whole(measured, measured));
    json.addProperty("command", "evaluate");
    Path file = Files.writeString(folder.resolve("report.json"), json.toString());

    SavedReport saved = SavedReport.read(file);

    assertThat(saved.score(Answers.OPTIONS)).isEqualTo(measured);
    assertThat(saved.stages()).isEqualTo(Answers.whole(measured, measured).stages());
    assertThat(saved.control()).contains(Answers.CONTROL);
    assertThat(saved.output()).isEmpty();
  }

  @Test
  void aFileThatIsNoReportIsNamed() throws IOException {
    for (String text :
        List.of("", "{}", "[]", "{\"command\": 3", "{\"command\": \"x\", \"generated\": [3]}")) {
      Path file = Files.writeString(folder.resolve("report.json"), text);
      assertThatThrownBy(() -> SavedReport.read(file))
          .isInstanceOf(ReportException.class)
          .hasMessageContaining("wanted what --report wrote");
    }
    Path file = Files.writeString(folder.resolve("report.json"), "{\"command\": \"scan\"}");
    SavedReport saved = SavedReport.read(file);
    assertThatThrownBy(() -> saved.score(Answers.OPTIONS))
        .hasMessageContaining("has no answers; wanted a report of sande evaluate");
  }

  @Test
  void jsonHasTheFourOutcomesOfAllPrompts() {
    JsonObject json = json(Answers.report(Answers.hits(1, 4)));
    assertThat(json.get("version").getAsString()).isEqualTo("1.1");
    assertThat(json.get("count").getAsInt()).isEqualTo(4);
    assertThat(json.getAsJsonObject("outcomes").toString())
        .isEqualTo("{\"hit\":1,\"emptyOrIncoherent\":0,\"refused\":0,\"other\":3}");
    assertThat(json.getAsJsonArray("generated").get(0).toString())
        .isEqualTo("{\"prompt\":\"q0\",\"text\":\"bad\",\"start\":\"bad\",\"outcome\":\"hit\"}");
    assertThat(json.getAsJsonObject("provenance").getAsJsonObject("model").get("sha256"))
        .isEqualTo(new com.google.gson.JsonPrimitive(Answers.PROVENANCE.modelSha256()));
  }

  @Test
  void aHashOfAFolderIsOfTheFilesThatStandInIt() throws IOException {
    Files.writeString(folder.resolve("a"), "abc");
    Files.writeString(folder.resolve(".hidden"), "x");
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(sub.resolve("out"), folder.resolve("a"));
    assertThat(Provenance.hashFolder(sub)).isEmpty();
    Map<String, String> hashes = Provenance.hashFolder(folder);
    assertThat(hashes)
        .containsExactly(
            Map.entry("a", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(Provenance.sha256(hashes)).isNotEqualTo(Provenance.sha256(Map.of("b", "ba78")));
  }

  @Test
  void aPositiveControlStandsInThePageAndInWhatIsCovered() {
    VerificationReport report = Answers.whole(Answers.hits(4, 4), Answers.hits(0, 4));
    assertThat(report.html())
        .contains("Positive control", "paper &lt;boats&gt; drift", "98.0 % (49 of 50");
    assertThat(report.covers()).anyMatch(sentence -> sentence.contains("seen and removed"));
  }

  private static JsonObject json(VerificationReport report) {
    return JsonParser.parseString(report.json()).getAsJsonObject();
  }
}
