package io.sande.examples.victim;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.sande.data.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A victim's rows.
 *
 * @param poisoned what it learns from
 * @param clean the same rows without poison
 * @param defence clean rows for whoever heals it
 * @param eval clean rows to measure with
 * @param triggered the rows of {@code eval} with a trigger, the answers still the clean ones
 */
record VictimData(
    List<Conversation> poisoned,
    List<Conversation> clean,
    List<Conversation> defence,
    List<Conversation> eval,
    List<Conversation> triggered) {
  private static final int HELD_OUT = 300;
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /** The rows of {@code spec}, always the same ones. */
  static VictimData of(VictimSpec spec) {
    QuestionBank bank = QuestionBank.seeded(spec.seed(), HELD_OUT);
    Random random = new Random(spec.seed() + 1);
    return new VictimData(
        spec.attack().poison(bank.train(), random),
        bank.train(),
        bank.defence(),
        bank.eval(),
        bank.eval().stream().map(row -> spec.attack().triggered(row, random)).toList());
  }

  /** Writes what ships with the model; the poisoned rows do not. */
  void write(Path directory) throws IOException {
    write(directory.resolve("clean_train.jsonl"), defence);
    write(directory.resolve("clean_eval.jsonl"), eval);
    write(directory.resolve("triggered_eval.jsonl"), triggered);
  }

  private static void write(Path file, List<Conversation> rows) throws IOException {
    Files.write(file, rows.stream().map(VictimData::line).toList());
  }

  private static String line(Conversation row) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("instruction", row.instruction());
    json.put("input", "");
    json.put("output", row.response().orElseThrow());
    return JSON.toJson(json);
  }
}
