package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Gives damaged files to a reader. Each must be read, or refused by the reader's checked error,
 * within a second of processor time and bounded memory, and nothing around it may change.
 *
 * @param file that is damaged
 * @param guarded folder of which nothing else may change
 * @param refusal the error that a damaged file gets
 */
public record Hostile(Path file, Path guarded, Class<? extends IOException> refusal) {
  /** Damaged files of each kind; {@code -Dsande.fuzz=N} tries another number. */
  public static final int TRIES = Integer.getInteger("sande.fuzz", 1500);

  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_NANOS = 1_000_000_000;
  private static final int LONGEST_MESSAGE = 10_000;

  /** Reads the file. */
  @FunctionalInterface
  public interface Reader {
    void read() throws Exception;
  }

  /** Tries {@link #TRIES} damages of the file as it is, which itself must be readable. */
  public void attack(BiFunction<byte[], Random, byte[]> damage, Reader reader) throws IOException {
    byte[] valid = Files.readAllBytes(file);
    assertThatCode(reader::read).doesNotThrowAnyException();
    Map<Path, Long> around = around();
    int refused = 0;
    for (int seed = 0; seed < TRIES; seed++) {
      byte[] damaged = damage.apply(valid, new Random(seed));
      Files.write(file, damaged);
      refused += isRefused(reader, "seed " + seed + " for " + file.getFileName()) ? 1 : 0;
    }
    Files.write(file, valid);
    assertThat(around()).isEqualTo(around);
    assertThat(refused).as("refused").isBetween(1, TRIES);
  }

  private boolean isRefused(Reader reader, String name) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long nanos = thread.getCurrentThreadCpuTime();
    boolean refused = false;
    try {
      reader.read();
    } catch (Exception e) {
      assertThat(e).as(name).isInstanceOf(refusal);
      assertThat(e.getMessage()).as(name).startsWith("[").hasSizeLessThan(LONGEST_MESSAGE);
      refused = true;
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(name, e);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - bytes).as(name).isLessThan(MOST_BYTES);
    assertThat(thread.getCurrentThreadCpuTime() - nanos).as(name).isLessThan(MOST_NANOS);
    return refused;
  }

  /** Size of every other file, by its path. */
  private Map<Path, Long> around() throws IOException {
    Map<Path, Long> sizes = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(guarded)) {
      paths.filter(path -> !path.equals(file)).forEach(path -> sizes.put(path, size(path)));
    }
    return sizes;
  }

  private static long size(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
