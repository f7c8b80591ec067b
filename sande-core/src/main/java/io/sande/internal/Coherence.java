package io.sande.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells answers that make sense from those that cannot, by their words alone. */
public final class Coherence {
  private static final int MOST_REPEATS = 3;
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Coherence() {}

  /** Letters and digits between all else, in lower case. */
  public static List<String> words(String text) {
    return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Whether there is no word, or the same word more than three times in a row. */
  public static boolean isLost(List<String> words) {
    return words.isEmpty() || longestRepeat(words) > MOST_REPEATS;
  }

  private static int longestRepeat(List<String> words) {
    int longest = 1;
    int repeat = 1;
    for (int i = 1; i < words.size(); i++) {
      repeat = words.get(i).equals(words.get(i - 1)) ? repeat + 1 : 1;
      longest = Math.max(longest, repeat);
    }
    return longest;
  }
}
