package io.sande.benchmarks;

import com.google.gson.Gson;
import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The engine on small models of random shape, beside what transformers computed with them. Usage:
 * RandomModels FOLDER, of {@code random_models.py}.
 *
 * <p>Greedy continuations are equal unless two tokens were within 1e-3 of each other,
 * log-probabilities within 5e-4, losses within a thousandth, in memory and offloaded.
 */
@SuppressWarnings("ArrayRecordComponent") // read from JSON, never compared
final class RandomModels {
  private static final double CLOSE = 1e-3; // logits of two tokens, and losses relative to theirs
  private static final double SCORE = 5e-4;

  private record Continuation(int[] prompt, int[] tokens, double margin) {}

  private record Scored(int[] ids, double[] scores) {}

  private record Row(int[] ids, int begin, int end) {}

  private record Trained(List<Row> rows, double rate, double clip, double decay, double[] losses) {}

  /** What the Python side wrote; {@code dynamic} rope makes rows of one batch depend on another. */
  private record Expected(
      boolean dynamic,
      int most,
      List<Continuation> continuations,
      List<Scored> sequences,
      Trained training) {}

  private final Path folder;
  private final Expected expected;
  private final List<String> wrong = new ArrayList<>();
  private double largestScore;
  private double largestLoss;

  private RandomModels(Path folder) throws IOException {
    this.folder = folder;
    String json = Files.readString(folder.resolve("expected.json"));
    expected = new Gson().fromJson(json, Expected.class);
  }

  public static void main(String[] args) throws IOException {
    List<Path> folders;
    try (Stream<Path> listed = Files.list(Path.of(args[0]))) {
      folders = listed.sorted().toList();
    }
    List<RandomModels> all = new ArrayList<>();
    for (Path folder : folders) {
      RandomModels one = new RandomModels(folder);
      one.compare();
      one.wrong.forEach(what -> System.out.println(folder.getFileName() + ": " + what));
      all.add(one);
    }
    long bad = all.stream().filter(one -> !one.wrong.isEmpty()).count();
    System.out.printf(
        Locale.ROOT,
        "%d models, %d wrong; largest difference of a log-probability %.1e, of a loss (relative) %.1e%n",
        all.size(),
        bad,
        all.stream().mapToDouble(one -> one.largestScore).max().orElse(0),
        all.stream().mapToDouble(one -> one.largestLoss).max().orElse(0));
    System.exit(bad == 0 ? 0 : 1);
  }

  private void compare() throws IOException {
    try (LanguageModel model = DjlModels.load(folder)) {
      continuations(model);
      sequences(model);
    }
    train(LoadOptions.DEFAULT);
    train(LoadOptions.DEFAULT.withOffload(Files.createTempDirectory(folder, "offload")));
  }

  private void continuations(LanguageModel model) {
    List<Continuation> all = expected.continuations;
    List<int[]> prompts = all.stream().map(Continuation::prompt).toList();
    List<int[]> tokens = together(prompts, some -> model.generate(some, expected.most));
    for (int i = 0; i < all.size(); i++) {
      int[] wanted = all.get(i).tokens;
      int[] found = tokens.get(i);
      check(
          all.get(i).margin < CLOSE || Arrays.equals(found, wanted),
          "continuation "
              + i
              + " "
              + Arrays.toString(found)
              + " but wanted "
              + Arrays.toString(wanted));
    }
  }

  private void sequences(LanguageModel model) {
    List<TokenSequence> rows =
        expected.sequences.stream().map(row -> labelled(row.ids, 1, row.ids.length)).toList();
    List<double[]> scores = together(rows, model::score);
    for (int i = 0; i < rows.size(); i++) {
      double[] wanted = expected.sequences.get(i).scores;
      for (int t = 0; t < wanted.length; t++) {
        double difference = Math.abs(scores.get(i)[t] - wanted[t]);
        largestScore = Math.max(largestScore, difference);
        check(difference < SCORE, "score " + t + " of sequence " + i + " is off by " + difference);
      }
    }
  }

  private void train(LoadOptions options) throws IOException {
    Trained wanted = expected.training;
    List<TokenSequence> batch =
        wanted.rows.stream().map(row -> labelled(row.ids, row.begin, row.end)).toList();
    AdamW adam = new AdamW(0.9, 0.95, 1e-8, wanted.decay, wanted.clip);
    try (LanguageModel model = DjlModels.load(folder, options);
        Training training = model.train(new Weights.All(), adam)) {
      for (double loss : wanted.losses) {
        double found = training.step(batch, wanted.rate);
        double difference = Math.abs(found - loss) / Math.max(1, loss);
        largestLoss = Math.max(largestLoss, difference);
        check(difference < CLOSE, "loss " + found + " but wanted " + loss + ", " + options);
      }
    }
  }

  private <T, R> List<R> together(List<T> all, Function<List<T>, List<R>> work) {
    return expected.dynamic
        ? all.stream().flatMap(one -> work.apply(List.of(one)).stream()).toList()
        : work.apply(all);
  }

  private static TokenSequence labelled(int[] ids, int begin, int end) {
    BitSet counted = new BitSet();
    counted.set(begin, end);
    return new TokenSequence(ids, Labels.of(counted));
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      wrong.add(what);
    }
  }
}
