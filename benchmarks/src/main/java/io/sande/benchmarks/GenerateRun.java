package io.sande.benchmarks;

import ai.djl.engine.Engine;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Our side of generation. Usage: GenerateRun MODEL DATA.jsonl PROMPTS float32|bfloat16 NEW_TOKENS;
 * with 0 PROMPTS it ends after the first token. Libtorch is there when the clock of loading starts,
 * as it is for the peer, which has imported it.
 */
final class GenerateRun {
  private GenerateRun() {}

  public static void main(String[] args) throws IOException {
    int most = Integer.parseInt(args[4]);
    int count = Integer.parseInt(args[2]);
    Map<String, Object> results = new LinkedHashMap<>();
    Engine.getEngine("PyTorch");
    long begin = System.nanoTime();
    try (LanguageModel model = Work.load(args[0], args[3])) {
      ChatEncoder encoder = ChatEncoder.of(model, TrainingOptions.DEFAULT);
      List<int[]> prompts = new ArrayList<>();
      for (Conversation row : Conversations.read(Path.of(args[1]), Math.max(1, count))) {
        prompts.add(encoder.encodePrompt(row));
      }
      model.generate(prompts.subList(0, 1), 1);
      results.put("load_seconds", (System.nanoTime() - begin) / 1e9);
      if (count > 0) {
        generate(model, prompts, most, results);
      }
      Work.print(results);
    }
  }

  private static void generate(
      LanguageModel model, List<int[]> prompts, int most, Map<String, Object> results) {
    model.generate(prompts.subList(0, Math.min(8, prompts.size())), most); // both sides warm up so
    long start = System.nanoTime();
    List<int[]> tokens = model.generate(prompts, most);
    results.put("seconds", (System.nanoTime() - start) / 1e9);
    results.put("tokens", tokens.stream().map(t -> Arrays.stream(t).boxed().toList()).toList());
  }
}
