package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HeaderMemoryPropertyTest {
  private static final long HUNDRED_GB = 100_000_000_000L;

  @Property(tries = 200)
  void aHeaderThatClaimsMoreThanTheFileHasAllocatesNothing(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long length) throws IOException {
    claim(length);
  }

  @Example
  void aHundredGigabytesAllocateNothing() throws IOException {
    claim(HUNDRED_GB);
    claim(-1); // 2^64 - 1 without a sign
  }

  @Example
  void aTensorOfAHundredGigabytesAllocatesNothing() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[25000000000],\"data_offsets\":[0,100000000000]}}";
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    refused(bytes.array(), "download it again");
  }

  private static void claim(long length) throws IOException {
    byte[] file = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    refused(file, "its header would have " + Long.toUnsignedString(length) + " bytes");
  }

  private static void refused(byte[] bytes, String message) throws IOException {
    Path path = Files.createTempFile("claims", ".safetensors");
    try {
      Files.write(path, bytes);
      ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = thread.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(() -> SafetensorsFile.open(path))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(message);
      assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    } finally {
      Files.delete(path);
    }
  }
}
