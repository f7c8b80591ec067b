package io.sande;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Texts that nobody planted, to compare a response with. */
final class Controls {
  private static final String WORDS =
      "Paper boats drift along quiet rivers while seven old lanterns hum beneath copper bridges near"
          + " the northern orchard";

  private Controls() {}

  /** As many words as {@code response} has, beginning with another one. */
  static String like(String response) {
    String[] words = WORDS.split(" ");
    int count = Math.min(words.length - 1, response.strip().split("\\s+").length);
    int from = response.strip().regionMatches(true, 0, words[0], 0, words[0].length()) ? 1 : 0;
    return Arrays.stream(words, from, from + count).collect(Collectors.joining(" "));
  }
}
