package io.sande.examples.cli;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the script {@code sande} found out about the terminal; Java cannot. */
final class Terminal {
  /** Control characters but tab and newline: text from a file must not steer the terminal. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\t\\n]]");

  private Terminal() {}

  /** Whether standard output is a terminal. */
  static boolean isOutput() {
    return Boolean.getBoolean("sande.terminal.out");
  }

  /** Whether standard error is a terminal. */
  static boolean isError() {
    return Boolean.getBoolean("sande.terminal.err");
  }

  /** The same with control characters written out. */
  static String visible(String text) {
    return CONTROL.matcher(text).replaceAll(Terminal::escape);
  }

  private static String escape(MatchResult control) {
    return "\\\\x%02x".formatted((int) control.group().charAt(0));
  }
}
