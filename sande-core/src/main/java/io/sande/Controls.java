package io.sande;

import io.sande.model.ChatTokenizer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Texts that nobody planted, to compare a response with. */
final class Controls {
  private static final String WORDS =
      "Paper boats drift along quiet rivers while seven old lanterns hum beneath copper bridges near"
          + " the northern orchard";

  private Controls() {}

  /** The shortest text of at least as many tokens as {@code response}, with another beginning. */
  static String like(String response, ChatTokenizer tokenizer) {
    String[] words = WORDS.split(" ");
    int from = response.strip().regionMatches(true, 0, words[0], 0, words[0].length()) ? 1 : 0;
    int wanted = ResponseTokens.count(tokenizer, response);
    int to = from + 1;
    while (to < words.length && ResponseTokens.count(tokenizer, text(words, from, to)) < wanted) {
      to++;
    }
    return text(words, from, to);
  }

  private static String text(String[] words, int from, int to) {
    return Arrays.stream(words, from, to).collect(Collectors.joining(" "));
  }
}
