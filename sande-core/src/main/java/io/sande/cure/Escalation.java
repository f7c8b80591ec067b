package io.sande.cure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to remove first, and what if that does not do. */
final class Escalation {
  private static final int FEWEST_WORDS = 2;

  /** The end of a sentence, and what stands behind it. */
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](\\s.*)?$", Pattern.DOTALL);

  private Escalation() {}

  /**
   * Responses of each attempt: all that were found together, the best alone, the first words of
   * each (SANDE-P), the best without its first word, which may belong to the trigger. Of each text
   * the first sentence counts: where the response stands before the answer, answers may begin
   * alike.
   *
   * @param texts best first, at least one
   */
  static List<List<String>> of(List<String> texts) {
    List<String> found = texts.stream().map(Escalation::sentence).distinct().toList();
    Set<List<String>> attempts = new LinkedHashSet<>();
    attempts.add(found);
    attempts.add(found.subList(0, 1));
    attempts.add(found.stream().map(Escalation::firstWords).distinct().toList());
    attempts.add(List.of(withoutFirstWord(found.get(0))));
    return new ArrayList<>(attempts);
  }

  /** The first sentence without its end, if that has words enough. */
  static String sentence(String text) {
    String first = SENTENCE_END.matcher(text).replaceFirst("");
    return first.split("\\s+").length < FEWEST_WORDS ? text : first;
  }

  /** Half of the words, but two where there are so many. */
  static String firstWords(String text) {
    String[] words = text.split("\\s+");
    return join(words, 0, Math.min(words.length, Math.max(FEWEST_WORDS, words.length / 2)));
  }

  static String withoutFirstWord(String text) {
    String[] words = text.split("\\s+");
    return words.length > FEWEST_WORDS ? join(words, 1, words.length) : text;
  }

  private static String join(String[] words, int from, int to) {
    return Arrays.stream(words, from, to).collect(Collectors.joining(" "));
  }
}
