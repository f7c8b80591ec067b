package io.sande.examples.cli;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Writes the tokens of a row as text, those that carry loss in bold, or in double brackets.
 *
 * @param decode text of tokens, special ones among them
 * @param bold whether a terminal reads it
 */
record MarkedText(Function<int[], String> decode, boolean bold) {
  private static final String BOLD = "\u001b[1;4m";
  private static final String PLAIN = "\u001b[0m";

  String of(Row row) {
    StringBuilder text = new StringBuilder();
    for (int start = 0; start < row.ids().length; ) {
      int end = endOfRun(row, start);
      String run = Terminal.visible(textOf(row.ids(), start, end));
      text.append(row.isCounted(start) ? mark(run) : run);
      start = end;
    }
    return text.toString();
  }

  private static int endOfRun(Row row, int start) {
    int end = start + 1;
    while (end < row.ids().length && row.isCounted(end) == row.isCounted(start)) {
      end++;
    }
    return end;
  }

  /**
   * What the tokens add to the text before them: many tokenizers drop a space at the very start.
   */
  private String textOf(int[] ids, int start, int end) {
    String before = decode.apply(Arrays.copyOf(ids, start));
    String all = decode.apply(Arrays.copyOf(ids, end));
    return all.startsWith(before)
        ? all.substring(before.length())
        : decode.apply(Arrays.copyOfRange(ids, start, end));
  }

  private String mark(String run) {
    return bold ? BOLD + run + PLAIN : "[[" + run + "]]";
  }
}
