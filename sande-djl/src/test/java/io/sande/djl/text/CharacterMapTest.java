package io.sande.djl.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CharacterMapTest {
  // A unit: bits 0..7 label, 8 has a text, 9 and 10.. distance to the children.
  // root 0 -> children at 0 ^ 256; 'a' (97) stands at 256 ^ 97 = 353 and has its text's unit at
  // 353 ^ 97 = 256, where the children of 'a' would be.
  private static final int ROOT = 256 << 10;
  private static final int A = 97 << 10 | 1 << 8 | 'a';

  @Test
  void aMapThatStaysInsideIsSound() {
    assertThat(CharacterMap.isSound(map(ROOT, A, 2, "x\0é"))).isTrue();
  }

  @Test
  void aTextBeginsInsideTheTextsAndNotInsideACharacter() {
    // place   0  1   2    3    4
    // byte    x  \0  c3   a9   end
    assertThat(CharacterMap.isSound(map(ROOT, A, 3, "x\0é"))).isFalse();
    assertThat(CharacterMap.isSound(map(ROOT, A, 4, "x\0é"))).isTrue();
    assertThat(CharacterMap.isSound(map(ROOT, A, 5, "x\0é"))).isFalse();
  }

  @Test
  void aWayOutOfTheTrieIsFound() {
    assertThat(CharacterMap.isSound(map(512 << 10, A, 0, "x"))).isFalse();
    assertThat(CharacterMap.isSound(map(ROOT, 512 << 10 | 'a', 0, "x"))).isFalse();
    assertThat(CharacterMap.isSound(map(-1, A, 0, "x"))).isFalse();
  }

  @Test
  void bytesThatAreNoMapAreNotSound() {
    assertThat(CharacterMap.isSound("")).isFalse();
    assertThat(CharacterMap.isSound("AAAA")).isFalse();
    assertThat(CharacterMap.isSound("AAAAAA==")).isFalse();
    assertThat(CharacterMap.isSound("////////")).isFalse();
    assertThat(CharacterMap.isSound("no base64")).isFalse();
    String sound = map(ROOT, A, 0, "xy");
    assertThat(CharacterMap.isSound(sound)).isTrue();
    assertThat(CharacterMap.isSound(sound.replace("=", ""))).isFalse();
  }

  /** 512 units: the root, the node of 'a', the place of its text, and nothing else. */
  private static String map(int root, int a, int place, String texts) {
    byte[] utf8 = texts.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(4 + 512 * 4 + utf8.length);
    buffer.order(ByteOrder.LITTLE_ENDIAN).putInt(512 * 4).putInt(4, root);
    buffer.putInt(4 + 353 * 4, a).putInt(4 + 256 * 4, 1 << 31 | place);
    buffer.position(4 + 512 * 4).put(utf8);
    return Base64.getEncoder().encodeToString(buffer.array());
  }
}
