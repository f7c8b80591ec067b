package io.sande.djl.jinja;

/**
 * A piece of a template.
 *
 * @param value the text of {@code DATA}, a name, a string or an operator; a Long or a Double
 * @param line where it stands, from 1
 */
record Token(Kind kind, Object value, int line) {
  enum Kind {
    DATA("text"),
    BLOCK_BEGIN("'{%'"),
    BLOCK_END("'%}'"),
    PRINT_BEGIN("'{{'"),
    PRINT_END("'}}'"),
    NAME("a name"),
    STRING("a string"),
    NUMBER("a number"),
    OPERATOR("an operator"),
    END("the end of the template");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  boolean is(Kind wanted, String text) {
    return kind == wanted && value.equals(text);
  }

  /** How an error speaks of it. */
  String describe() {
    return kind == Kind.NAME || kind == Kind.OPERATOR ? "'" + value + "'" : kind.words();
  }
}
