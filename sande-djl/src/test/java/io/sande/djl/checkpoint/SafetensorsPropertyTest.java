package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SafetensorsPropertyTest {
  private static final String HEADER =
      "{\"__metadata__\":{\"format\":\"pt\"},"
          + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
          + "\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[16,24]}}";
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "-",
          "1",
          "9223372036854775807",
          "1e400",
          "null",
          "NaN",
          "true",
          "\\u0000",
          "\\ud800",
          "\"a\"",
          "\"shape\":",
          "[[[[",
          " ",
          "\u00e9",
          "16");

  @Property(tries = 400)
  void anyHeaderIsReadOrRefusedAsACheckpoint(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes) throws IOException {
    StringBuilder header = new StringBuilder(HEADER);
    for (int i = 0; i < changes; i++) {
      int start = random.nextInt(header.length());
      int end = Math.min(header.length(), start + random.nextInt(4));
      header.replace(start, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    check(file(json.length, json));
  }

  @Property(tries = 200)
  void anyLengthAndBytesAreReadOrRefusedAsACheckpoint(@ForAll long length, @ForAll byte[] bytes)
      throws IOException {
    check(file(length, bytes));
  }

  private static void check(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("mutated", ".safetensors");
    try {
      Files.write(path, bytes);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        long covered = file.tensors().stream().mapToLong(TensorEntry::bytes).sum();
        assertThat(covered).isEqualTo(24);
      } catch (CheckpointException e) {
        assertThat(e).hasMessageStartingWith("[" + path.getFileName() + "] ");
      }
    } finally {
      Files.delete(path);
    }
  }

  private static byte[] file(long length, byte[] json) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 24).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putLong(length).put(json).array();
  }
}
