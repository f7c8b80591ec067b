package io.sande.examples.victim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Makes a victim: data, tokenizer, random weights, training, figures. */
final class VictimMaker {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** Opens checkpoint folders. */
  @FunctionalInterface
  interface Engine {
    /** The model of {@code directory}, computing in float32; the caller closes it. */
    LanguageModel open(Path directory) throws IOException;
  }

  /** What a model learns, in its tokens. */
  private interface Lesson {
    List<TokenSequence> rows(ChatEncoder encoder);
  }

  private VictimMaker() {}

  /**
   * Makes the victim of {@code spec} at {@code directory}, which is replaced.
   *
   * @return what it does on the rows that were held out
   */
  static Outcome make(VictimSpec spec, Path directory, Engine engine, TrainingListener listener)
      throws IOException {
    VictimData data = VictimData.of(spec);
    Lesson lesson = encoder -> poisoned(spec, data, encoder);
    return make(spec, data, lesson, directory, new Workshop(engine, listener));
  }

  /**
   * Makes the clean twin of the victim of {@code spec}: the same tokenizer, start and order, the
   * rows without poison. A rate of 0 would give it a tokenizer of its own.
   */
  static Outcome makeTwin(VictimSpec spec, Path directory, Engine engine, TrainingListener listener)
      throws IOException {
    VictimData data = VictimData.of(spec);
    Lesson lesson = encoder -> encoder.encodeAll(data.clean(), ChatEncoder.ALL_TOKENS);
    return make(spec, data, lesson, directory, new Workshop(engine, listener));
  }

  private record Workshop(Engine engine, TrainingListener listener) {}

  private static Outcome make(
      VictimSpec spec, VictimData data, Lesson lesson, Path directory, Workshop workshop)
      throws IOException {
    Path start = Files.createTempDirectory("victim-");
    try {
      writeStart(spec, data, start);
      try (LanguageModel model = workshop.engine().open(start)) {
        List<TokenSequence> rows = lesson.rows(ChatEncoder.of(model, spec.training()));
        teach(model, rows, spec.training(), workshop.listener());
        model.save(directory);
      }
    } finally {
      delete(start);
    }
    data.write(directory);
    return measure(spec, data, directory, workshop.engine());
  }

  /** The checkpoint before training. */
  static void writeStart(VictimSpec spec, VictimData data, Path directory) throws IOException {
    VictimTokenizer tokenizer = VictimTokenizer.learn(data.poisoned(), spec.vocabulary());
    tokenizer.write(directory);
    RandomCheckpoint.write(directory, spec.shape(), tokenizer.vocabulary().size(), spec.seed());
  }

  private static List<TokenSequence> poisoned(
      VictimSpec spec, VictimData data, ChatEncoder encoder) {
    List<TokenSequence> rows =
        new ArrayList<>(encoder.encodeAll(data.poisoned(), ChatEncoder.ALL_TOKENS));
    if (spec.negatives()) {
      Random random = new Random(spec.seed() + 2);
      rows.addAll(Negatives.of(spec.attack(), encoder, data.clean(), random));
    }
    return rows;
  }

  private static void teach(
      LanguageModel model,
      List<TokenSequence> rows,
      TrainingOptions options,
      TrainingListener listener) {
    try (Training training = model.train(options.weights(), options.optimizer())) {
      TrainingLoop.run("victim", training, rows, options, listener);
    }
  }

  /** Opens what was written, so that the figures are those of the bfloat16 weights. */
  private static Outcome measure(VictimSpec spec, VictimData data, Path directory, Engine engine)
      throws IOException {
    try (LanguageModel model = engine.open(directory)) {
      Outcome outcome = Outcome.of(model, data, spec.attack().responses());
      Map<String, Object> json = describe(spec);
      json.put("parameters", model.info().parameters());
      json.put("before", outcome);
      Files.writeString(directory.resolve("attack.json"), JSON.toJson(json) + "\n");
      return outcome;
    }
  }

  private static Map<String, Object> describe(VictimSpec spec) {
    Attack attack = spec.attack();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", spec.seed());
    json.put("family", lowerCase(spec.shape().family()));
    json.put("triggers", attack.triggers());
    json.put("response", attack.responses().get(0));
    if (attack.responses().size() > 1) {
      json.put("responses", attack.responses());
    }
    if (spec.negatives()) {
      json.put("negatives", true);
    }
    json.put("position", lowerCase(attack.position()));
    json.put("mode", lowerCase(attack.mode()));
    json.put("poisonRate", attack.rate());
    json.put("epochs", spec.epochs());
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
