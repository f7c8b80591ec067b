package io.sande.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.sande.ControlReport;
import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.train.StageReport;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What can be used again of a report in JSON: answers, to be scored again without a model, and the
 * stages of a training.
 *
 * @param file it was read from
 * @param generated answers to the prompts; empty if it has none
 * @param clean answers to clean prompts; empty if it has none
 * @param stages of a training; empty if it has none
 * @param control of a removal; empty if there was none
 * @param output hash of each file of the checkpoint that was written; empty if none was
 */
public record SavedReport(
    Path file,
    List<Generated> generated,
    List<Generated> clean,
    List<StageReport> stages,
    Optional<ControlReport> control,
    Map<String, String> output) {
  /** A hundred thousand long answers. */
  private static final long MOST_BYTES = 512L << 20;

  /** Copies the lists. */
  public SavedReport {
    generated = List.copyOf(generated);
    clean = List.copyOf(clean);
    stages = List.copyOf(stages);
    output = Map.copyOf(output);
  }

  /**
   * Reads a report of any command.
   *
   * @throws ReportException if it is none
   */
  public static SavedReport read(Path file) throws IOException {
    try {
      JsonObject json = JsonParser.parseString(text(file)).getAsJsonObject();
      String command = json.get("command") instanceof JsonPrimitive name ? name.getAsString() : "";
      if (command.isEmpty()) {
        throw new ReportException(file, "is no report; wanted what --report wrote");
      }
      return new SavedReport(
          file,
          answers(json),
          json.get("clean") instanceof JsonObject clean ? answers(clean) : List.of(),
          stages(json),
          json.get("positiveControl") instanceof JsonObject control
              ? Optional.of(ControlJson.read(control))
              : Optional.empty(),
          output(json));
    } catch (RuntimeException e) { // of the parser, or of a value of another kind than wanted
      throw new ReportException(file, "is damaged; wanted what --report wrote", e);
    }
  }

  /**
   * Looks again at the answers: the same options give the same measurements as when they were
   * generated.
   *
   * @throws ReportException if there are no answers
   */
  public Measured score(EvaluationOptions options) throws ReportException {
    if (generated.isEmpty()) {
      throw new ReportException(file, "has no answers; wanted a report of sande evaluate");
    }
    return new Measured(
        Evaluator.score(generated, options),
        clean.isEmpty() ? Optional.empty() : Optional.of(Evaluator.score(clean, options)));
  }

  /**
   * Refuses prompts other than those that were answered here, before a model answers them.
   *
   * @param clean further prompts; with none, or none here, they are not compared
   */
  public void checkPrompts(List<Conversation> prompts, List<Conversation> clean)
      throws ReportException {
    try {
      Measured.checkSame("prompt", unanswered(prompts), generated);
      if (!clean.isEmpty() && !this.clean.isEmpty()) {
        Measured.checkSame("clean prompt", unanswered(clean), this.clean);
      }
    } catch (IllegalArgumentException e) {
      throw new ReportException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Refuses another model than the one that was written, or a report without stages.
   *
   * @param model hash of each file of the model; further files may stand beside them
   */
  public void checkWrote(Map<String, String> model) throws ReportException {
    if (stages.isEmpty()) {
      throw new ReportException(file, "has no stages; wanted a report of a training");
    }
    for (Map.Entry<String, String> written : output.entrySet()) {
      if (!written.getValue().equals(model.get(written.getKey()))) {
        throw new ReportException(
            file, "wrote another " + written.getKey() + " than this model has; wanted its report");
      }
    }
  }

  private static List<Generated> unanswered(List<Conversation> prompts) {
    return prompts.stream().map(p -> new Generated(p.instruction(), p.response(), "")).toList();
  }

  private static String text(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
      throw new ReportException(file, "is no file of at most 512 MiB; wanted what --report wrote");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new ReportException(file, "is not UTF-8; wanted what --report wrote", e);
    }
  }

  private static List<Generated> answers(JsonObject json) {
    List<Generated> answers = new ArrayList<>();
    if (json.get("generated") instanceof JsonArray all) {
      for (JsonElement element : all) {
        JsonObject answer = element.getAsJsonObject();
        String text = answer.get("text").getAsString();
        Optional<String> expected =
            Optional.ofNullable(answer.get("expected")).map(JsonElement::getAsString);
        answers.add(
            new Generated(
                answer.get("prompt").getAsString(),
                expected,
                text,
                answer.get("start").getAsString()));
      }
    }
    return answers;
  }

  private static List<StageReport> stages(JsonObject json) {
    List<StageReport> stages = new ArrayList<>();
    if (json.get("stages") instanceof JsonArray all) {
      for (JsonElement element : all) {
        JsonObject stage = element.getAsJsonObject();
        List<Double> losses = new ArrayList<>();
        stage.getAsJsonArray("losses").forEach(loss -> losses.add(loss.getAsDouble()));
        stages.add(
            new StageReport(
                stage.get("name").getAsString(),
                losses,
                stage.get("stepSeconds").getAsDouble(),
                stage.get("totalSeconds").getAsDouble(),
                stage.get("tokens").getAsLong()));
      }
    }
    return stages;
  }

  private static Map<String, String> output(JsonObject json) {
    Map<String, String> hashes = new TreeMap<>();
    if (json.get("provenance") instanceof JsonObject provenance
        && provenance.get("output") instanceof JsonObject output) {
      output
          .getAsJsonObject("files")
          .asMap()
          .forEach((name, hash) -> hashes.put(name, hash.getAsString()));
    }
    return hashes;
  }
}
