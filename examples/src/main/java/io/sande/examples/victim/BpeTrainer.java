package io.sande.examples.victim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Learns byte-pair merges: again and again the pair that stands side by side most often. */
final class BpeTrainer {
  /** Two symbols that become one. */
  record Merge(String left, String right) {
    String merged() {
      return left + right;
    }
  }

  /** The most frequent pair first; equal ones by their text, so that the order is always one. */
  private static final Comparator<Map.Entry<Merge, Integer>> BEST =
      Map.Entry.<Merge, Integer>comparingByValue()
          .reversed()
          .thenComparing(e -> e.getKey().left())
          .thenComparing(e -> e.getKey().right());

  private final Map<List<String>, Integer> words = new HashMap<>();

  private BpeTrainer() {}

  /** At most {@code limit} merges, the first learnt first; pairs seen once are left alone. */
  static List<Merge> merges(Map<String, Integer> wordCounts, int limit) {
    BpeTrainer trainer = new BpeTrainer();
    wordCounts.forEach((word, count) -> trainer.words.put(symbols(word), count));
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < limit) {
      Optional<Merge> best = trainer.best();
      if (best.isEmpty()) {
        break;
      }
      merges.add(best.get());
      trainer.apply(best.get());
    }
    return merges;
  }

  private static List<String> symbols(String word) {
    return word.chars().mapToObj(Character::toString).toList();
  }

  private Optional<Merge> best() {
    Map<Merge, Integer> pairs = new HashMap<>();
    words.forEach(
        (word, count) -> {
          for (int i = 1; i < word.size(); i++) {
            pairs.merge(new Merge(word.get(i - 1), word.get(i)), count, Integer::sum);
          }
        });
    return pairs.entrySet().stream()
        .filter(pair -> pair.getValue() > 1)
        .min(BEST)
        .map(Map.Entry::getKey);
  }

  private void apply(Merge merge) {
    Map<List<String>, Integer> before = Map.copyOf(words);
    words.clear();
    before.forEach((word, count) -> words.put(merged(word, merge), count));
  }

  private static List<String> merged(List<String> word, Merge merge) {
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < word.size(); i++) {
      boolean pair =
          i + 1 < word.size()
              && word.get(i).equals(merge.left())
              && word.get(i + 1).equals(merge.right());
      merged.add(pair ? merge.merged() : word.get(i));
      i += pair ? 1 : 0;
    }
    return merged;
  }
}
