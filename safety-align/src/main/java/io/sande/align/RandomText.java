package io.sande.align;

import io.sande.model.ChatTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/** Random plain text of a number of tokens. */
record RandomText(ChatTokenizer tokenizer, int vocabularySize, RandomGenerator random) {
  /*
   * The text of random tokens is tokenized in another way than it was drawn: neighbours merge. So the text is tokenized,
   * cut or filled up, and tokenized again, until it has its length and comes back as it is.
   * Pieces that go on inside a word are preferred. Whole words and numbers are such as questions have, and a model mixes
   * them up with those of the question: on a small chat model they cost 13 points of quality, pieces of words 2.
   */
  private static final int ROUNDS = 1000;

  private static final int DRAWS = 100_000;

  /** Draws among which at least so many different pieces of words must be. */
  private static final int TRIAL = 2000;

  private static final int PIECES = 100;

  /** Signs that control tokens of chat templates are written with. */
  private static final String CONTROL_SIGNS = "<>[]{}|\\";

  String draw(int tokens) {
    boolean manyPieces =
        random.ints(TRIAL, 0, vocabularySize).filter(this::isPiece).distinct().limit(PIECES).count()
            == PIECES;
    List<IntPredicate> kinds =
        manyPieces ? List.of(this::isPiece, this::isPlain) : List.of(this::isPlain);
    return kinds.stream()
        .flatMap(kind -> draw(tokens, kind).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no text of %d random tokens comes back from this tokenizer as it was"
                        .formatted(tokens)));
  }

  private Optional<String> draw(int tokens, IntPredicate kind) {
    int[] ids = new int[0];
    for (int round = 0; round < ROUNDS; round++) {
      String text = tokenizer.decode(fitted(ids, tokens, kind)).strip();
      ids = tokenizer.encode(text);
      boolean stable = isStable(text, ids);
      if (stable && ids.length == tokens) {
        return Optional.of(text);
      }
      ids = stable ? ids : new int[0];
    }
    return Optional.empty();
  }

  /** The ids, cut or with random ones behind them. */
  private int[] fitted(int[] ids, int tokens, IntPredicate kind) {
    int[] fitted = Arrays.copyOf(ids, tokens);
    for (int i = ids.length; i < tokens; i++) {
      fitted[i] = token(kind);
    }
    return fitted;
  }

  private boolean isStable(String text, int[] ids) {
    return Arrays.stream(ids).noneMatch(tokenizer::isSpecial) && tokenizer.decode(ids).equals(text);
  }

  private int token(IntPredicate kind) {
    return random
        .ints(DRAWS, 0, vocabularySize)
        .filter(kind)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the vocabulary has no token of plain text"));
  }

  private boolean isPlain(int id) {
    return !tokenizer.isSpecial(id) && isPlain(tokenizer.decode(new int[] {id}));
  }

  /** Whether the token is letters alone, and no space stands before it where it follows another. */
  private boolean isPiece(int id) {
    String twice = isPlain(id) ? tokenizer.decode(new int[] {id, id}) : "";
    return twice.codePointCount(0, twice.length()) >= 4
        && twice.codePoints().allMatch(Character::isLetter);
  }

  private static boolean isPlain(String text) {
    return !text.isBlank() && text.codePoints().allMatch(RandomText::isPlainPoint);
  }

  private static boolean isPlainPoint(int point) {
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
