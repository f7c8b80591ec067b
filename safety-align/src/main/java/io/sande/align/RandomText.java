package io.sande.align;

import io.sande.model.ChatTokenizer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Random plain text of a number of tokens. */
record RandomText(ChatTokenizer tokenizer, int vocabularySize, RandomGenerator random) {
  /*
   * The text of random tokens is tokenized in another way than it was drawn: neighbours merge. So the text is tokenized,
   * cut or filled up, and tokenized again, until it has its length and comes back as it is.
   */
  private static final int ROUNDS = 1000;

  private static final int DRAWS = 100_000;

  /** Signs that control tokens of chat templates are written with. */
  private static final String CONTROL_SIGNS = "<>[]{}|\\";

  String draw(int tokens) {
    int[] ids = new int[0];
    for (int round = 0; round < ROUNDS; round++) {
      String text = tokenizer.decode(fitted(ids, tokens)).strip();
      ids = tokenizer.encode(text);
      if (ids.length == tokens && isStable(text, ids)) {
        return text;
      }
      if (!isStable(text, ids)) {
        ids = new int[0];
      }
    }
    throw new IllegalStateException(
        "no text of " + tokens + " random tokens comes back from this tokenizer as it was");
  }

  /** The ids, cut or with random ones behind them. */
  private int[] fitted(int[] ids, int tokens) {
    int[] fitted = Arrays.copyOf(ids, tokens);
    for (int i = ids.length; i < tokens; i++) {
      fitted[i] = plainToken();
    }
    return fitted;
  }

  private boolean isStable(String text, int[] ids) {
    return Arrays.stream(ids).noneMatch(tokenizer::isSpecial) && tokenizer.decode(ids).equals(text);
  }

  private int plainToken() {
    for (int draw = 0; draw < DRAWS; draw++) {
      int id = random.nextInt(vocabularySize);
      if (!tokenizer.isSpecial(id) && isPlain(tokenizer.decode(new int[] {id}))) {
        return id;
      }
    }
    throw new IllegalStateException("the vocabulary has no token of plain text");
  }

  private static boolean isPlain(String text) {
    return !text.isBlank() && text.codePoints().allMatch(RandomText::isPlain);
  }

  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> point != 0xFFFD && CONTROL_SIGNS.indexOf(point) < 0;
    };
  }
}
