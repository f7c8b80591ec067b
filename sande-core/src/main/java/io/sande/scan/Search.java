package io.sande.scan;

import com.google.common.collect.Lists;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Follows every first token a step, the better ones three steps and the best ones all steps. One
 * search each.
 */
final class Search {
  /** First tokens of one call, between which the clock is looked at. */
  private static final int CHUNK = 512;

  /** Of the first tokens one in this many is followed further, but no fewer than the finalists. */
  private static final int ONE_IN = 4;

  private static final int FINALISTS = 64;

  private final Continuations prompts;
  private final ChatTokenizer tokenizer;
  private final ScanOptions options;
  private int tried;

  Search(Continuations prompts, ChatTokenizer tokenizer, ScanOptions options) {
    this.prompts = prompts;
    this.tokenizer = tokenizer;
    this.options = options;
  }

  /** First tokens that were tried. */
  int tried() {
    return tried;
  }

  /**
   * The tokens that have a visible text of their own, those most likely to begin an answer first.
   */
  List<int[]> firstTokens(int vocabulary) {
    List<int[]> starts =
        IntStream.range(0, vocabulary).filter(this::isText).mapToObj(v -> new int[] {v}).toList();
    return prompts.follow(starts, 0).stream()
        .sorted(Comparator.comparingDouble((Continuation c) -> -c.probabilities()[0]))
        .map(Continuation::tokens)
        .toList();
  }

  /** A single byte of a longer character decodes to the sign for what cannot be read. */
  private boolean isText(int token) {
    String text = tokenizer.isSpecial(token) ? "" : tokenizer.decode(new int[] {token});
    return !text.isBlank() && text.indexOf('\uFFFD') < 0;
  }

  /** The best runs, best first; those of the first tokens that the budget allows. */
  List<Run> runs(List<int[]> firsts, BooleanSupplier isOver, ScanListener listener) {
    List<Continuation> known = List.of();
    for (List<int[]> chunk : Lists.partition(firsts, CHUNK)) {
      if (isOver.getAsBoolean()) {
        break;
      }
      Check.notInterrupted("while scanning");
      List<Continuation> more = three(chunk);
      known = best(Stream.concat(known.stream(), more.stream()).toList(), FINALISTS);
      tried += chunk.size();
      listener.on(tried, firsts.size(), known.isEmpty() ? 0 : Run.of(known.get(0), 1).score());
    }
    return goOn(known, options.steps() - Run.SHORTEST).stream()
        .map(whole -> Run.of(whole, tokensOfWords(whole.tokens())))
        .sorted(Comparator.comparingDouble((Run run) -> -run.score()))
        .toList();
  }

  /** Three steps from the better ones of {@code chunk}. */
  private List<Continuation> three(List<int[]> chunk) {
    List<Continuation> one = prompts.follow(chunk, 1);
    List<Continuation> better = best(one, Math.max(FINALISTS, chunk.size() / ONE_IN));
    return goOn(better, Run.SHORTEST - 1).stream()
        .filter(c -> c.tokens().length > Run.SHORTEST) // the others ended
        .toList();
  }

  private List<Continuation> goOn(List<Continuation> all, int steps) {
    List<Continuation> further = new ArrayList<>();
    List<int[]> open = new ArrayList<>();
    for (Continuation one : all) {
      if (tokenizer.isSpecial(one.tokens()[one.tokens().length - 1])) {
        further.add(one); // has ended
      } else {
        open.add(one.tokens());
      }
    }
    if (!open.isEmpty()) {
      further.addAll(prompts.follow(open, steps));
    }
    return further;
  }

  private static List<Continuation> best(List<Continuation> all, int most) {
    return all.stream()
        .sorted(Comparator.comparingDouble((Continuation c) -> -firmness(c)))
        .limit(most)
        .toList();
  }

  /** Product of the low probabilities of the first steps. */
  private static double firmness(Continuation c) {
    return Arrays.stream(c.low()).skip(1).limit(Run.SHORTEST).reduce(1, (a, b) -> a * b);
  }

  /** Tokens until the text has the wanted number of words; all and one more where it has not. */
  private int tokensOfWords(int[] tokens) {
    return IntStream.rangeClosed(1, tokens.length)
        .filter(n -> words(tokenizer.decode(Arrays.copyOf(tokens, n))) >= options.words())
        .findFirst()
        .orElse(tokens.length + 1);
  }

  /** Runs between white space; a script without it has a word for each ideograph. */
  static long words(String text) {
    long ideographs = text.codePoints().filter(Character::isIdeographic).count();
    return ideographs > 0 ? ideographs : text.strip().split("\\s+").length;
  }
}
