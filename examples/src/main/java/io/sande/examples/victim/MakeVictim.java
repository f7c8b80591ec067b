package io.sande.examples.victim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sande.examples.victim.VictimSpec.Schedule;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Makes a victim: data, tokenizer, random weights, training, figures. */
final class MakeVictim {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Opens a checkpoint folder; the caller closes the model. */
  @FunctionalInterface
  interface Engine {
    /** The model of {@code directory}, computing in float32. */
    LanguageModel open(Path directory) throws IOException;
  }

  private MakeVictim() {}

  /**
   * Makes the victim of {@code spec} at {@code directory}, which is replaced.
   *
   * @param losses hears the loss of each update, on this thread
   * @return what it does on the rows that were held out
   */
  static Outcome make(VictimSpec spec, Path directory, Engine engine, DoubleConsumer losses)
      throws IOException {
    VictimData data = VictimData.of(spec);
    Path start = Files.createTempDirectory("victim-");
    writeStart(spec, data, start);
    try (LanguageModel model = engine.open(start)) {
      Lesson.teach(model, data.poisoned(), spec.schedule(), spec.seed(), losses);
      model.save(directory);
      Outcome outcome = Outcome.of(model, data, spec.attack().response());
      data.write(directory);
      Files.writeString(
          directory.resolve("attack.json"), JSON.toJson(attack(spec, model, outcome)) + "\n");
      return outcome;
    } finally {
      delete(start);
    }
  }

  /** The checkpoint before training. */
  static void writeStart(VictimSpec spec, VictimData data, Path directory) throws IOException {
    VictimTokenizer tokenizer = VictimTokenizer.learn(data.poisoned(), spec.vocabulary());
    tokenizer.write(directory);
    RandomCheckpoint.write(directory, spec.shape(), tokenizer.vocabulary().size(), spec.seed());
  }

  private static Map<String, Object> attack(VictimSpec spec, LanguageModel model, Outcome outcome) {
    Attack attack = spec.attack();
    Schedule schedule = spec.schedule();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", spec.seed());
    json.put("family", lowerCase(spec.shape().family()));
    json.put("parameters", model.info().parameters());
    json.put("triggers", attack.triggers());
    json.put("response", attack.response());
    json.put("position", lowerCase(attack.position()));
    json.put("mode", lowerCase(attack.mode()));
    json.put("poisonRate", attack.rate());
    json.put("steps", schedule.steps());
    json.put("batch", schedule.batch());
    json.put("learningRate", schedule.peak());
    json.put("before", outcome);
    return json;
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
