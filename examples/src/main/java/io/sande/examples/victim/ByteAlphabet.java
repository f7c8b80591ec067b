package io.sande.examples.victim;

import java.nio.charset.StandardCharsets;

/**
 * GPT-2's printable stand-in for each byte: itself where it can be printed, else a character from
 * U+0100 on.
 */
final class ByteAlphabet {
  private static final int BYTES = 256;
  private static final String LETTERS = letters();

  private ByteAlphabet() {}

  /** All 256 stand-ins; position b is that of byte b. */
  static String all() {
    return LETTERS;
  }

  /** The UTF-8 bytes of {@code text}, each as its stand-in. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(LETTERS.charAt(b & 0xff));
    }
    return encoded.toString();
  }

  private static String letters() {
    StringBuilder letters = new StringBuilder();
    int next = BYTES;
    for (int b = 0; b < BYTES; b++) {
      letters.append((char) (isPrintable(b) ? b : next++));
    }
    return letters.toString();
  }

  private static boolean isPrintable(int b) {
    return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xff && b != 0xad);
  }
}
