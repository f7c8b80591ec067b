package io.sande.djl.checkpoint;

import io.sande.internal.Check;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file, open for reading, its header checked completely.
 *
 * <p>Tensor bytes are read piece by piece or mapped, never read as a whole. A mapped slice stays
 * valid after {@link #close}; the JVM gives it back when nobody holds it any more. A file that
 * something else cuts short while it is mapped makes the access fail with {@link InternalError}.
 * Thread-safe.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">The format</a>
 */
public final class SafetensorsFile implements Closeable {
  /** Longest slice of one {@link #map}: 1 GiB. */
  public static final long LONGEST_SLICE = 1L << 30;

  /** The format's own limit. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final SafetensorsHeader header;

  private SafetensorsFile(
      Path path, FileChannel channel, long dataStart, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.dataStart = dataStart;
    this.header = header;
  }

  /**
   * Opens {@code path} and checks its header against the format and the length of the file.
   *
   * @throws CheckpointException if the file cannot be read, or breaks a rule of the format
   */
  public static SafetensorsFile open(Path path) throws CheckpointException {
    FileChannel channel;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new CheckpointException(path, "cannot be opened: " + e, e);
    }
    try {
      return read(path, channel);
    } catch (IOException | RuntimeException e) {
      closeAfter(e, channel);
      if (e instanceof CheckpointException known) {
        throw known;
      }
      throw new CheckpointException(path, "cannot be read: " + e, e);
    }
  }

  /** Where the file was when it was opened. */
  public Path path() {
    return path;
  }

  /** Texts under {@code __metadata__}, in the file's order; empty where there is none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** All tensors, in the order of their data. */
  public List<TensorEntry> tensors() {
    return header.tensors();
  }

  /**
   * The tensor called {@code name}.
   *
   * @throws CheckpointException if there is none
   */
  public TensorEntry tensor(String name) throws CheckpointException {
    return tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new CheckpointException(path, "has no tensor '" + name + "'"));
  }

  /**
   * A read-only view of {@code length} bytes of {@code tensor} from its byte {@code offset} on,
   * little-endian.
   *
   * @param length at most {@link #LONGEST_SLICE}
   */
  public ByteBuffer map(TensorEntry tensor, long offset, long length) throws IOException {
    Check.that(
        offset >= 0 && length >= 0 && length <= tensor.bytes() - offset,
        "offset and length",
        "inside the " + tensor.bytes() + " bytes of '" + tensor.name() + "'",
        offset + ", " + length);
    Check.that(length <= LONGEST_SLICE, "length", "at most " + LONGEST_SLICE, length);
    if (length == 0) {
      return ByteBuffer.allocate(0).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    return channel
        .map(MapMode.READ_ONLY, dataStart + tensor.begin() + offset, length)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Fills the rest of {@code into} from byte {@code offset} of {@code tensor} on.
   *
   * @throws CheckpointException if the file was cut short since it was opened
   */
  public void read(TensorEntry tensor, long offset, ByteBuffer into) throws IOException {
    Check.that(
        offset >= 0 && into.remaining() <= tensor.bytes() - offset,
        "offset and length",
        "inside the " + tensor.bytes() + " bytes of '" + tensor.name() + "'",
        offset + ", " + into.remaining());
    fill(path, channel, dataStart + tensor.begin() + offset, into);
  }

  /** Gives all bytes of {@code tensor} to {@code sink}, slice by slice. */
  public void copy(TensorEntry tensor, ByteSink sink) throws IOException {
    for (long offset = 0; offset < tensor.bytes(); offset += LONGEST_SLICE) {
      sink.accept(map(tensor, offset, Math.min(LONGEST_SLICE, tensor.bytes() - offset)));
    }
  }

  /** Numbers of {@code tensor}, which is F32, F16 or BF16, as float32, row-major. */
  public float[] floats(TensorEntry tensor) throws IOException {
    return Floats.read(this, tensor);
  }

  /** Closes the file; slices that were mapped stay valid. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static SafetensorsFile read(Path path, FileChannel channel) throws IOException {
    long size = channel.size();
    FileKind.refuse(path, bytes(path, channel, 0, (int) Math.min(size, FileKind.LONGEST)));
    if (size < LENGTH_BYTES) {
      throw new CheckpointException(
          path, "has " + size + " bytes, too few for a safetensors file; download it again");
    }
    ByteBuffer start = ByteBuffer.wrap(bytes(path, channel, 0, LENGTH_BYTES));
    long length = start.order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
      throw new CheckpointException(
          path,
          "is no safetensors file or is cut short: its header would have %s bytes, the file has %d"
              .formatted(Long.toUnsignedString(length), size));
    }
    byte[] json = bytes(path, channel, LENGTH_BYTES, (int) length);
    SafetensorsHeader header = StrictJson.read(path, json, SafetensorsHeader::parse);
    long data = size - LENGTH_BYTES - length;
    if (header.dataBytes() != data) {
      throw new CheckpointException(
          path,
          "has %d bytes of data, its header describes %d; download it again"
              .formatted(data, header.dataBytes()));
    }
    return new SafetensorsFile(path, channel, LENGTH_BYTES + length, header);
  }

  private static byte[] bytes(Path path, FileChannel channel, long place, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    fill(path, channel, place, bytes);
    return bytes.array();
  }

  private static void fill(Path path, FileChannel channel, long place, ByteBuffer into)
      throws IOException {
    long at = place;
    while (into.hasRemaining()) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new CheckpointException(
            path, "became shorter while it was read; download or copy it again");
      }
      at += read;
    }
  }

  private static void closeAfter(Exception cause, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
