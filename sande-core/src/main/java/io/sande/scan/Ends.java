package io.sande.scan;

import io.sande.model.ChatTokenizer;
import io.sande.model.Continuation;
import io.sande.model.LanguageModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Extends a run to its beginning and its end.
 *
 * @param prompts token ids
 * @param search knows which first token leads where
 */
record Ends(LanguageModel model, List<int[]> prompts, Search search) {
  /** A first token that leads on with less is no beginning. */
  private static final double LEADS = 0.5;

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
    for (int i = 0; i < MOST_BEFORE; i++) {
      Continuation lead = search.before(tokens[0]);
      if (lead == null || lead.probabilities()[1] < LEADS || has(tokens, lead.tokens()[0])) {
        return tokens;
      }
      tokens = concat(Arrays.copyOf(lead.tokens(), 1), tokens);
    }
    return tokens;
  }

  private static boolean has(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(t -> t == token);
  }

  /** Goes on with what most prompts say next; unlike in the search, a token may come again. */
  private int[] withEnd(int[] run) {
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
