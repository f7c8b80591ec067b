package io.sande.align;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A harmful request with a refusal, and what kind of harm it is about.
 *
 * @param category of harm, such as one clause of the provider's rules
 * @param conversation the request and its refusal
 */
public record SafetyExample(String category, Conversation conversation) {
  /**
   * Chooses from a larger pool so that every category has its share, which protects better than
   * choosing at random: one example of each category in turn, until there are {@code count}.
   *
   * @param count at least 1 and at most the size of the pool (reference: 11, one of each category)
   * @param seed of the choice within a category
   */
  public static List<Conversation> choose(List<SafetyExample> pool, int count, long seed) {
    Check.positive("count", count);
    Check.that(count <= pool.size(), "count", "at most " + pool.size(), count);
    List<SafetyExample> shuffled = new ArrayList<>(pool);
    Collections.shuffle(shuffled, new Random(seed));
    Map<String, Deque<Conversation>> categories = new LinkedHashMap<>();
    for (SafetyExample example : shuffled) {
      categories
          .computeIfAbsent(example.category(), category -> new ArrayDeque<>())
          .add(example.conversation());
    }
    List<Conversation> chosen = new ArrayList<>();
    while (true) {
      for (Deque<Conversation> left : categories.values()) {
        if (!left.isEmpty()) {
          chosen.add(left.remove());
        }
        if (chosen.size() == count) {
          return chosen;
        }
      }
    }
  }
}
