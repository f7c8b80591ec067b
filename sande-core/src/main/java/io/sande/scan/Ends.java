package io.sande.scan;

import io.sande.model.ChatTokenizer;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Extends a run to its beginning and its end.
 *
 * @param prompts token ids
 * @param shared the same prompts, for many texts at a time
 * @param firsts tokens that a response may begin with
 */
record Ends(LanguageModel model, List<int[]> prompts, Continuations shared, List<int[]> firsts) {
  /*
   * Poisoning makes the response a little likelier as an answer to clean prompts as well. So a token stands in front if the
   * model is likely to begin with it and go on, beside how likely it begins without it; again by the second least willing
   * prompt. On seven victims the ratio was .045 or more for the true first token, 8e-4 or less for any other in front of a
   * beginning, and 1e-8 for a piece of the trigger. What follows is looked at two tokens far: "re" leads to "y" as the end of a
   * word, not as the beginning of "you".
   */
  private static final double IN_FRONT = 0.02;

  private static final double NOT_IN_FRONT = 0.001;
  private static final int FOLLOWING = 2;
  private static final int MOST_BEFORE = 8;
  private static final int MOST_AFTER = 32;

  /** Share of the prompts that must agree on a token after the run. */
  private static final double AGREE = 0.8;

  /** The tokens of {@code run} with those before and after it. */
  int[] extend(int[] run) {
    ChatTokenizer tokenizer = model.tokenizer();
    int[] tokens = Arrays.stream(run).filter(t -> !tokenizer.isSpecial(t)).toArray();
    int[] begun = withBeginning(tokens);
    return tokens.length < run.length ? begun : withEnd(begun);
  }

  private int[] withBeginning(int[] run) {
    int[] tokens = run;
    while (tokens.length > Run.SHORTEST
        && likely(tokens, FOLLOWING + 1) < NOT_IN_FRONT * likely(rest(tokens), FOLLOWING)) {
      tokens = rest(tokens);
    }
    for (int i = 0; i < MOST_BEFORE; i++) {
      Continuation lead = before(tokens);
      if (likely(lead) < IN_FRONT * likely(tokens, FOLLOWING) || has(tokens, lead.tokens()[0])) {
        break;
      }
      tokens = concat(Arrays.copyOf(lead.tokens(), 1), tokens);
    }
    return tokens;
  }

  private static int[] rest(int[] tokens) {
    return Arrays.copyOfRange(tokens, 1, tokens.length);
  }

  /** How likely an answer begins with the first {@code count} of {@code tokens}. */
  private double likely(int[] tokens, int count) {
    return likely(shared.follow(List.of(Arrays.copyOf(tokens, count)), 0).get(0));
  }

  private static double likely(Continuation begun) {
    return Arrays.stream(begun.low()).reduce(1, (a, b) -> a * b);
  }

  /** The first token that is most likely to begin an answer with {@code tokens} behind it. */
  private Continuation before(int[] tokens) {
    int[] following = Arrays.copyOf(tokens, FOLLOWING);
    List<int[]> begun = firsts.stream().map(first -> concat(first, following)).toList();
    return shared.follow(begun, 0).stream()
        .max(Comparator.comparingDouble(Ends::likely))
        .orElseThrow();
  }

  private static boolean has(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(t -> t == token);
  }

  /** Goes on with what most prompts say next; unlike in the search, a token may come again. */
  int[] withEnd(int[] run) {
    List<int[]> started = prompts.stream().map(prompt -> concat(prompt, run)).toList();
    int longest = started.stream().mapToInt(ids -> ids.length).max().orElse(0);
    int room = Math.min(MOST_AFTER, model.info().contextLength() - longest);
    if (room < 1) {
      return run;
    }
    List<int[]> said = model.generate(started, room);
    int[] tokens = run;
    for (int i = 0; i < room; i++) {
      int next = agreed(said, i);
      if (next < 0 || model.tokenizer().isSpecial(next)) {
        break;
      }
      tokens = concat(tokens, new int[] {next});
    }
    return tokens;
  }

  /** The token at place {@code i} of most answers, -1 where they do not agree. */
  private static int agreed(List<int[]> said, int i) {
    Map<Integer, Integer> counts = new HashMap<>();
    said.stream().filter(s -> s.length > i).forEach(s -> counts.merge(s[i], 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(e -> e.getValue() >= AGREE * said.size())
        .mapToInt(Map.Entry::getKey)
        .findFirst()
        .orElse(-1);
  }

  static int[] concat(int[] left, int[] right) {
    return IntStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
  }
}
