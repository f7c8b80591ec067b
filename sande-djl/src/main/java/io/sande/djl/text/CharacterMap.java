package io.sande.djl.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's map from characters to texts: the size of a trie in bytes (32 bits, little
 * endian), the trie as a double array of 32-bit units, the texts in UTF-8. The library walks the
 * trie without looking where it goes, so every way through it is walked here first.
 */
final class CharacterMap {
  private final int[] units;
  private final byte[] texts;

  /** Nodes that were met, by the place of their children's block. */
  private final BitSet met = new BitSet();

  private final Deque<Integer> open = new ArrayDeque<>();

  private CharacterMap(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  /** Whether no text can lead the library outside of the map. */
  static boolean isSound(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int[] units = new int[Math.min(buffer.getInt(), bytes.length) / Integer.BYTES];
      buffer.asIntBuffer().get(units);
      byte[] texts = new byte[buffer.remaining() - units.length * Integer.BYTES];
      buffer.position(bytes.length - texts.length).get(texts);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
      return Base64.getEncoder().encodeToString(bytes).equals(base64) // the library is strict
          && new CharacterMap(units, texts).isSound();
    } catch (CharacterCodingException | RuntimeException e) {
      return false;
    }
  }

  private boolean isSound() {
    boolean sound = units.length > 0 && enter(offset(units[0]));
    while (sound && !open.isEmpty()) {
      int node = open.pop();
      for (int label = 1; label <= 0xFF && sound; label++) {
        int unit = units[node ^ label];
        sound = label(unit) != label || follow(unit, node ^ label ^ offset(unit));
      }
    }
    return sound;
  }

  private boolean follow(int unit, int child) {
    return enter(child) && (!hasText(unit) || isText(units[child] & Integer.MAX_VALUE));
  }

  /** Notes a node for a visit; false if a label would lead out of the array. */
  private boolean enter(int node) {
    if ((node | 0xFF) >= units.length) {
      return false;
    }
    if (!met.get(node)) {
      met.set(node);
      open.push(node);
    }
    return true;
  }

  /** Whether a text may begin at {@code place}: at the end, or not inside a character. */
  private boolean isText(int place) {
    return place == texts.length || (place < texts.length && (texts[place] & 0xC0) != 0x80);
  }

  private static boolean hasText(int unit) {
    return (unit & 1 << 8) != 0;
  }

  private static int label(int unit) {
    return unit & (1 << 31 | 0xFF);
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
  }
}
