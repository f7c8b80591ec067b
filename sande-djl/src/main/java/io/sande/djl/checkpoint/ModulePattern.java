package io.sande.djl.checkpoint;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns for names of modules as PEFT has them: regular expressions from a downloaded file, so
 * each match may take only so many steps.
 */
final class ModulePattern {
  private final String text;
  private final Pattern pattern;

  private ModulePattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /** Matches a whole name. */
  static ModulePattern whole(String text) {
    return new ModulePattern(text, compile(text));
  }

  /** Matches the end of a name, from its start or from a dot on. */
  static ModulePattern end(String text) {
    compile(text); // alone, so that a bracket in it cannot close the ones around it
    return new ModulePattern(text, compile("(.*\\.)?(" + text + ")"));
  }

  /**
   * Whether {@code name} fits.
   *
   * @throws IllegalArgumentException if that takes too many steps
   */
  boolean matches(String name) {
    try {
      return pattern.matcher(new Counted(name)).matches();
    } catch (TooManySteps | StackOverflowError e) {
      throw new IllegalArgumentException("the pattern '" + text + "' takes too many steps", e);
    }
  }

  private static Pattern compile(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the pattern '" + text + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** A text that can be looked at only so many times. */
  private static final class Counted implements CharSequence {
    /** Far more than an honest pattern takes on a name of a few dozen characters. */
    private static final int MOST_STEPS = 100_000;

    private final String text;
    private int steps;

    private Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (steps++ == MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManySteps extends RuntimeException {}
}
