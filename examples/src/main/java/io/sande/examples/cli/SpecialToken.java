package io.sande.examples.cli;

import java.util.Arrays;

/**
 * A special token.
 *
 * @param text as it is written
 * @param ids one, unless the tokenizer does not know it
 */
@SuppressWarnings("ArrayRecordComponent") // written to a report and never compared
record SpecialToken(String text, int[] ids) {
  @Override
  public String toString() {
    return text + " " + Arrays.toString(ids);
  }
}
