package io.sande.testkit;

import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.SoftPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Continuations without a cache: each step asks the model anew. */
record TinyContinuations(TinyModel model, List<int[]> prompts, Optional<SoftPrompt> soft)
    implements Continuations {
  @Override
  public List<Continuation> follow(List<int[]> starts, int steps) {
    Check.notNegative("steps", steps);
    Check.that(!starts.isEmpty(), "starts", "at least one", "none");
    for (int[] start : starts) {
      Check.that(start.length == starts.get(0).length, "start", "as long as the first", "another");
      Check.positive("tokens of a start", start.length);
      int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
      int vectors = soft.map(SoftPrompt::length).orElse(0);
      int length = longest + vectors + start.length + steps;
      int limit = model.info().contextLength();
      Check.that(length <= limit, "length", "at most " + limit, length);
    }
    return starts.stream().map(start -> follow(start, steps)).toList();
  }

  private Continuation follow(int[] start, int steps) {
    Check.notInterrupted("while following continuations");
    int[] tokens = new int[0];
    double[] means = new double[start.length + steps];
    double[] low = new double[means.length];
    boolean ended = false;
    for (int t = 0; t < means.length && !ended; t++) {
      double[][] next = next(tokens);
      int token = t < start.length ? start[t] : best(mean(next), tokens);
      means[t] = mean(next)[token];
      double[] each = Arrays.stream(next).mapToDouble(p -> p[token]).sorted().toArray();
      low[t] = each[Math.min(1, each.length - 1)];
      tokens = append(tokens, token);
      ended = token == model.tokenizer().endOfTextId();
    }
    return new Continuation(
        tokens, Arrays.copyOf(means, tokens.length), Arrays.copyOf(low, tokens.length));
  }

  private double[][] next(int[] tokens) {
    return prompts.stream()
        .map(
            prompt ->
                model.next(
                    IntStream.concat(Arrays.stream(prompt), Arrays.stream(tokens)).toArray(), soft))
        .toArray(double[][]::new);
  }

  private static double[] mean(double[][] next) {
    return IntStream.range(0, next[0].length)
        .mapToDouble(v -> Arrays.stream(next).mapToDouble(p -> p[v]).average().orElseThrow())
        .toArray();
  }

  private int best(double[] mean, int[] tokens) {
    ChatTokenizer tokenizer = model.tokenizer();
    IntPredicate allowed =
        v ->
            (v == tokenizer.endOfTextId() || !tokenizer.isSpecial(v))
                && Arrays.stream(tokens).noneMatch(t -> t == v);
    return IntStream.range(0, mean.length)
        .filter(allowed)
        .reduce((a, b) -> mean[b] > mean[a] ? b : a)
        .orElseThrow();
  }

  private static int[] append(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  @Override
  public void close() {}
}
