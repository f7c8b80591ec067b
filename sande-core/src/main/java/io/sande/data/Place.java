package io.sande.data;

import java.nio.file.Path;

/**
 * Where in a data file something stands, for messages.
 *
 * @param file the data file
 * @param unit what is counted: line or entry
 * @param number from 1
 */
record Place(Path file, String unit, int number) {
  /** Of one example, in characters or bytes. */
  static final int MAX_EXAMPLE = 16 << 20;

  private static final int EXCERPT = 60;

  DataException bad(String problem) {
    return new DataException(toString() + " " + problem);
  }

  DataException bad(String problem, Throwable cause) {
    return new DataException(toString() + " " + problem, cause);
  }

  DataException tooLong() {
    return bad("is longer than 16 MiB; wanted one example, so split it or leave it out");
  }

  DataException notUtf8(Throwable cause) {
    return bad("is not UTF-8; wanted a file in UTF-8, so convert it first", cause);
  }

  /** The start of {@code text} in quotes. */
  static String excerpt(String text) {
    return text.length() <= EXCERPT ? '"' + text + '"' : '"' + text.substring(0, EXCERPT) + "...\"";
  }

  @Override
  public String toString() {
    return "[" + file + "] " + unit + " " + number + ":";
  }
}
