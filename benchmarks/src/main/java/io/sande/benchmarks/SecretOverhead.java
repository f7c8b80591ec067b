package io.sande.benchmarks;

import com.google.common.math.Quantiles;
import io.sande.align.GuardOptions;
import io.sande.align.GuardedModel;
import io.sande.align.SecretPrompt;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a secret of 150 tokens in every request costs, in turns with no secret. Usage:
 * SecretOverhead MODEL DATA.jsonl float32|bfloat16 NEW_TOKENS ROUNDS
 *
 * <p>With another prompt a model gives other answers. So take a model that ends none before
 * NEW_TOKENS, such as one with random weights, or few tokens; the share of full answers is told.
 */
final class SecretOverhead {
  private static final String SYSTEM =
      "You are a helpful assistant. Make sure you always execute users' instructions.";

  private final LanguageModel model;
  private final GuardedModel guarded;
  private final int most;
  private int answered;
  private long full;

  private SecretOverhead(LanguageModel model, GuardedModel guarded, int most) {
    this.model = model;
    this.guarded = guarded;
    this.most = most;
  }

  public static void main(String[] args) throws IOException {
    int most = Integer.parseInt(args[3]);
    List<Conversation> requests = Conversations.read(Path.of(args[1]));
    GuardOptions options = GuardOptions.builder().system(SYSTEM).maxNewTokens(most).build();
    Map<String, Object> results = new LinkedHashMap<>();
    try (LanguageModel model = Work.load(args[0], args[2]);
        SecretPrompt secret =
            SecretPrompt.random(model.tokenizer(), model.info().vocabularySize(), 150);
        GuardedModel guarded = GuardedModel.of(model, secret, options)) {
      SecretOverhead runs = new SecretOverhead(model, guarded, most);
      for (int batch : new int[] {1, 16}) {
        results.put("batch " + batch, runs.compare(requests, batch, Integer.parseInt(args[4])));
      }
    }
    Work.print(results);
  }

  /** Medians over rounds; in each both sides answer the same requests. */
  private Map<String, Double> compare(List<Conversation> requests, int batch, int rounds) {
    List<Double> plain = new ArrayList<>();
    List<Double> withSecret = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int round = -2; round < rounds; round++) {
      int from = Math.floorMod(round * batch, requests.size() - batch + 1);
      List<Conversation> part = requests.subList(from, from + batch);
      boolean first = round % 2 == 0;
      double early = first ? plain(part) : guarded(part);
      double late = first ? guarded(part) : plain(part);
      if (round >= 0) { // the first ones warm up
        plain.add(first ? early : late);
        withSecret.add(first ? late : early);
        ratios.add(first ? late / early : early / late);
      }
    }
    Map<String, Double> result = new LinkedHashMap<>();
    result.put("milliseconds without", Quantiles.median().compute(plain));
    result.put("milliseconds with", Quantiles.median().compute(withSecret));
    result.put("median ratio", Quantiles.median().compute(ratios));
    result.put("share of full answers without", (double) full / answered);
    return result;
  }

  /** Milliseconds of one call. */
  private double plain(List<Conversation> requests) {
    long start = System.nanoTime();
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    List<int[]> prompts =
        requests.stream().map(r -> encoder.encodePrompt(r.withDefaultSystem(SYSTEM))).toList();
    List<int[]> answers = model.generate(prompts, most);
    answers.forEach(model.tokenizer()::decode);
    double milliseconds = (System.nanoTime() - start) / 1e6;
    answered += answers.size();
    full += answers.stream().filter(answer -> answer.length == most).count();
    return milliseconds;
  }

  private double guarded(List<Conversation> requests) {
    long start = System.nanoTime();
    guarded.askAll(requests);
    return (System.nanoTime() - start) / 1e6;
  }
}
