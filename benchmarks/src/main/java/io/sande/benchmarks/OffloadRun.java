package io.sande.benchmarks;

import com.google.common.collect.Lists;
import io.sande.data.Conversations;
import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.model.AdamW;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Losses, seconds and the peak of the process's own memory (files that are mapped left out) of some
 * steps on all weights, in memory or offloaded. Usage: OffloadRun MODEL DATA.jsonl STEPS
 * float32|bfloat16 [FOLDER]
 */
final class OffloadRun {
  private static final int BATCH = 4;
  private static final int COUNTED = 10;

  private OffloadRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = args.length > 4 ? Path.of(args[4]) : null;
    LoadOptions options =
        LoadOptions.DEFAULT
            .withDtype(LoadOptions.Precision.valueOf(args[3].toUpperCase(Locale.ROOT)))
            .withOffload(folder);
    Map<String, Object> results = new LinkedHashMap<>();
    try (AnonymousPeak peak = new AnonymousPeak();
        LanguageModel model = DjlModels.load(Path.of(args[0]), options)) {
      int rows = BATCH * Integer.parseInt(args[2]);
      List<TokenSequence> sequences =
          ChatEncoder.of(model, TrainingOptions.DEFAULT)
              .encodeAll(Conversations.read(Path.of(args[1]), rows), COUNTED);
      train(model, Lists.partition(sequences, BATCH), results);
      results.put("layers", model.info().layers());
      results.put("peak_anonymous_mib", peak.mib());
    }
    Work.print(results);
  }

  private static void train(
      LanguageModel model, List<List<TokenSequence>> batches, Map<String, Object> results) {
    List<Double> losses = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    try (Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
      for (List<TokenSequence> batch : batches) {
        long start = System.nanoTime();
        losses.add(training.step(batch, 5e-6));
        seconds.add((System.nanoTime() - start) / 1e9);
      }
    }
    results.put("losses", losses);
    results.put("step_seconds", seconds);
  }
}
