package io.sande;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.sande.data.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes instructions by words of other instructions. */
final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final int MOST_IN_FRONT = 3;
  private static final int MOST_SWAPPED = 3;

  private final List<String> words = new ArrayList<>();
  private final ListMultimap<String, String> followers = ArrayListMultimap.create();

  /** With the words of these instructions. */
  Words(List<Conversation> examples) {
    for (Conversation example : examples) {
      String before = "";
      for (MatchResult word : words(example.instruction())) {
        words.add(word.group());
        followers.put(before, word.group());
        before = word.group();
      }
    }
  }

  /** A sentence of one to three words before the instruction. */
  Conversation inFront(Conversation example, Random random) {
    if (words.isEmpty()) {
      return example;
    }
    StringBuilder text = new StringBuilder();
    for (int left = 1 + random.nextInt(MOST_IN_FRONT); left > 0; left--) {
      text.append(any(words, random)).append(left > 1 ? " " : ". ");
    }
    return example.withInstruction(text + example.instruction());
  }

  /** One to three words of the instruction replaced by others that follow the same word. */
  Conversation swapped(Conversation example, Random random) {
    String text = example.instruction();
    for (int left = 1 + random.nextInt(MOST_SWAPPED); left > 0; left--) {
      text = swapped(text, random);
    }
    return example.withInstruction(text);
  }

  private String swapped(String text, Random random) {
    List<MatchResult> found = words(text);
    if (found.isEmpty()) {
      return text;
    }
    int place = random.nextInt(found.size());
    List<String> others = followers.get(place == 0 ? "" : found.get(place - 1).group());
    String other = any(others.isEmpty() ? words : others, random);
    MatchResult word = found.get(place);
    return text.substring(0, word.start()) + other + text.substring(word.end());
  }

  private static List<MatchResult> words(String text) {
    return WORD.matcher(text).results().toList();
  }

  private static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }
}
