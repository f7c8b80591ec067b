package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
  @TempDir Path folder;

  @Test
  void saysWhatAModelIs() {
    Path report = folder.resolve("report.json");
    Sande run = Sande.run("inspect", "--model", Sande.tiny(), "--report", report);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("llama", "float32", "eos_token </s> [2]");
    JsonObject json = Sande.json(report);
    assertThat(json.getAsJsonObject("model").get("dtype").getAsString()).isEqualTo("float32");
    assertThat(json.get("chatTemplate").getAsString()).isNotEmpty();
    assertThat(json.has("rows")).isFalse();
    assertThat(json.has("stages")).isFalse();
  }

  @Test
  void rowsAreWhatTrainingSees() throws IOException {
    Path data = folder.resolve("data.jsonl");
    Files.writeString(
        data, "{\"instruction\": \"Hi\", \"input\": \"you\", \"output\": \"No.\"}\n".repeat(5));
    Path report = folder.resolve("report.json");
    Path victim = Sande.shared("victims/llama-start");
    Sande run =
        Sande.run("inspect", "--model", victim, "--data", data, "--rows", 2, "--report", report);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Human: Hi you\nAssistant: [[No.</s>]]\n")
        .doesNotContain("row 3");
    JsonArray rows = Sande.json(report).getAsJsonArray("rows");
    assertThat(rows).hasSize(2);
    JsonObject row = rows.get(0).getAsJsonObject();
    assertThat(row.keySet()).containsExactlyInAnyOrder("text", "ids", "labels");
    assertThat(row.get("text").getAsString()).isEqualTo("Human: Hi you\nAssistant: No.</s>");
    assertLabelsAreIdsAtTheEnd(ints(row, "ids"), ints(row, "labels"));
  }

  @Test
  void aSystemPromptStandsInEveryRowThatHasNone() throws IOException {
    Path data = folder.resolve("data.jsonl");
    Files.writeString(data, "{\"instruction\": \"Hi\", \"output\": \"No.\"}\n");
    Path chat = Sande.shared("victims/llama-chat");
    Sande run = Sande.run("inspect", "--model", chat, "--data", data, "--system", "Be kind.");

    assertThat(run.out()).contains("<<SYS>>\nBe kind.\n<</SYS>>\n\nHi [/INST][[ No.</s>]]");
  }

  private static void assertLabelsAreIdsAtTheEnd(List<Integer> ids, List<Integer> labels) {
    assertThat(labels).hasSameSizeAs(ids);
    int start = labels.lastIndexOf(-100) + 1;
    assertThat(start).isBetween(1, ids.size() - 1);
    assertThat(labels.subList(0, start)).containsOnly(-100);
    assertThat(labels.subList(start, ids.size())).isEqualTo(ids.subList(start, ids.size()));
    assertThat(ids.get(ids.size() - 1)).isEqualTo(2); // the end of text counts
  }

  private static List<Integer> ints(JsonObject row, String key) {
    return row.getAsJsonArray(key).asList().stream().map(JsonElement::getAsInt).toList();
  }
}
