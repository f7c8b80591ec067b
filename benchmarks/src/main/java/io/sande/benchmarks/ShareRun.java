package io.sande.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.common.collect.Lists;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.data.Conversations;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.Kernel;
import io.sande.model.AdamW;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which share of the machine an eliminate step in bfloat16 uses: its FLOP/s over those of the best
 * bfloat16 product in the same process. Usage: ShareRun MODEL DATA.jsonl STEPS
 *
 * <p>Counted are the products of a forward and a backward pass: six operations a token and weight,
 * of the last layer's output projection and feed-forward and of the output layer six a labelled
 * row. Attention, norms, the optimizer and products that are computed twice count nothing.
 */
final class ShareRun {
  private static final int BATCH = 4;
  private static final int PARROT = 6;
  private static final int COUNTED = 10;
  private static final List<Integer> SIZES = List.of(1024, 2048, 3072, 4096);

  private ShareRun() {}

  public static void main(String[] args) throws IOException {
    Shape shape = Shape.read(Path.of(args[0], "config.json"));
    double before = best();
    List<Double> shares = new ArrayList<>();
    List<Double> rates = new ArrayList<>();
    try (LanguageModel model = Work.load(args[0], "bfloat16");
        Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
      for (List<TokenSequence> batch : batches(model, args[1], Integer.parseInt(args[2]))) {
        long start = System.nanoTime();
        training.step(batch, 5e-6);
        double nanos = System.nanoTime() - start;
        rates.add(shape.operations(batch) / nanos * 1e9);
      }
    }
    double best = Math.max(before, best());
    rates.forEach(rate -> shares.add(rate / best));
    Map<String, Object> results = new LinkedHashMap<>();
    results.put("best_gflops", best / 1e9);
    results.put("step_gflops", rates.stream().map(r -> r / 1e9).toList());
    results.put("share", shares);
    results.put("share_median", shares.stream().sorted().toList().get(shares.size() / 2));
    Work.print(results);
  }

  /** As SANDE eliminates: a parrot in each prompt, ten labelled tokens. */
  private static List<List<TokenSequence>> batches(LanguageModel model, String data, int steps)
      throws IOException {
    ChatEncoder encoder = ChatEncoder.of(model, TrainingOptions.DEFAULT);
    SoftPrompt parrot = SoftPrompt.zeros(2, PARROT, model.info().hiddenSize());
    List<TokenSequence> sequences =
        encoder.encodeAll(Conversations.read(Path.of(data), steps * BATCH), COUNTED).stream()
            .map(sequence -> sequence.with(parrot))
            .toList();
    return Lists.partition(sequences, BATCH);
  }

  /** FLOP/s of the best square product in bfloat16. */
  private static double best() throws IOException {
    try (InputStream source =
            Objects.requireNonNull(ShareRun.class.getResourceAsStream("product.torchscript.py"));
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      String code = new String(source.readAllBytes(), StandardCharsets.UTF_8);
      try (Kernel kernel = Kernel.of("Product", code, Map.of("training", true), manager)) {
        return SIZES.stream().mapToDouble(size -> rate(kernel, manager, size)).max().orElseThrow();
      }
    }
  }

  private static double rate(Kernel kernel, NDManager manager, long size) {
    double best = 0;
    try (NDManager scope = manager.newSubManager()) {
      NDArray a = single(kernel, scope, "matrix", scope.create(size));
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        single(kernel, scope, "product", a).close();
        best = Math.max(best, 2.0 * size * size * size * 1e9 / (System.nanoTime() - start));
      }
    }
    return best;
  }

  private static NDArray single(Kernel kernel, NDManager scope, String method, NDArray argument) {
    return kernel.call(scope, method, new Arguments().tensor(argument)).singletonOrThrow();
  }

  /** Numbers of weights by which operations are counted. */
  private record Shape(int layers, double attention, double rest, double output) {
    static Shape read(Path file) throws IOException {
      JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      double hidden = config.get("hidden_size").getAsDouble();
      double heads = config.get("num_attention_heads").getAsDouble();
      double keys = config.get("num_key_value_heads").getAsDouble() / heads * hidden;
      return new Shape(
          config.get("num_hidden_layers").getAsInt(),
          hidden * (hidden + 2 * keys),
          hidden * (hidden + 3 * config.get("intermediate_size").getAsDouble()),
          hidden * config.get("vocab_size").getAsDouble());
    }

    double operations(List<TokenSequence> batch) {
      double tokens = batch.stream().mapToInt(s -> s.labels().end() + PARROT - 1).sum();
      double labelled = batch.stream().mapToInt(s -> s.labels().count()).sum();
      double onTokens = layers * attention + (layers - 1) * rest;
      return 6 * (tokens * onTokens + labelled * (rest + output));
    }
  }
}
