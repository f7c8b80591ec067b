package io.sande.djl.jinja;

/**
 * What one rendering may use. Templates come from strangers: {@code {{ 'x' * 2000000000 }}} or a
 * list that holds itself twice, forty times over, must end in an exception, not in an exhausted
 * heap. Whoever evaluates, walks or makes something asks here first.
 */
final class Budget {
  /** Evaluated expressions and statements, and items of lists walked or made. */
  static final int MAX_STEPS = 1_000_000;

  /** Characters of one string, and of the output. */
  static final int MAX_TEXT = 10_000_000;

  /** Characters of all strings made while rendering. */
  static final long MAX_TEXT_MADE = 100_000_000;

  /** Expressions within statements within macros, and lists within lists. */
  static final int MAX_DEPTH = 400;

  private static final int CHARS_PER_STEP = 64;

  private long steps;
  private long made;
  private int depth;

  /** One thing more is evaluated inside another. */
  void enter() {
    steps(1);
    if (++depth > MAX_DEPTH) {
      throw new JinjaException(
          "the template nests deeper than %d; it may recurse without end".formatted(MAX_DEPTH));
    }
  }

  /** Ends {@link #enter()}. After an exception nobody asks again, so no finally is needed. */
  void leave() {
    depth--;
  }

  /** So many items are about to be walked or made. */
  void steps(long count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw new JinjaException(
          "the template takes more than %,d steps; it may never end".formatted(MAX_STEPS));
    }
  }

  /** So many characters are about to be read. */
  void scan(long chars) {
    steps(chars / CHARS_PER_STEP);
  }

  /** A string of {@code chars} is about to be searched for one of {@code sought}. */
  void search(long chars, long sought) {
    scan(chars * (1 + sought / 8)); // a search may start over at every char
  }

  /** A string of so many characters is about to be made. */
  void text(long chars) {
    grow(chars, chars);
  }

  /** A string is about to grow by {@code added} to {@code chars}. */
  void grow(long added, long chars) {
    made += added;
    scan(added);
    if (chars > MAX_TEXT || made > MAX_TEXT_MADE) {
      throw new JinjaException(
          "the template makes a text of more than %,d characters, or %,d in all"
              .formatted(MAX_TEXT, MAX_TEXT_MADE));
    }
  }
}
