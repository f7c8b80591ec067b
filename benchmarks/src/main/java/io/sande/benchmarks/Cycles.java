package io.sande.benchmarks;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether memory comes back: loads, trains, generates and closes one model after the other. Usage:
 * Cycles MODEL DATA.jsonl CYCLES; writes the resident MiB after every 50th.
 */
final class Cycles {
  private static final int EVERY = 50;
  private static final Path STATUS = Path.of("/proc/self/status");

  private Cycles() {}

  public static void main(String[] args) throws IOException {
    List<Conversation> data = Conversations.read(Path.of(args[1]), 16);
    Map<String, Object> resident = new LinkedHashMap<>();
    for (int cycle = 1; cycle <= Integer.parseInt(args[2]); cycle++) {
      run(args[0], data);
      if (cycle % EVERY == 0) {
        System.gc(); // what is left of the Java heap is not what is measured
        resident.put("after_" + cycle, residentMebibytes());
      }
    }
    Work.print(resident);
  }

  private static void run(String folder, List<Conversation> data) throws IOException {
    TrainingOptions options = TrainingOptions.DEFAULT;
    try (LanguageModel model = Work.load(folder, "float32")) {
      ChatEncoder encoder = ChatEncoder.of(model, options);
      List<TokenSequence> batch = encoder.encodeAll(data, ChatEncoder.ALL_TOKENS);
      for (Weights weights : List.of(new Weights.All(), Weights.Lora.ofRank(4, 1))) {
        try (Training training = model.train(weights, options.optimizer())) {
          training.step(batch, options.learningRate());
          training.step(batch, options.learningRate());
        }
      }
      model.generate(data.stream().map(encoder::encodePrompt).toList(), 8);
    }
  }

  private static double residentMebibytes() throws IOException {
    String line =
        Files.readAllLines(STATUS).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
  }
}
