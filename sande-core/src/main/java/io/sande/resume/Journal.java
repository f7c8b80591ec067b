package io.sande.resume;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file that records are added to. Each has its length and a checksum, so that one whose writing
 * was cut off is known as such: it and all behind it count as not written. One process at a time.
 */
final class Journal implements Closeable {
  private static final byte[] MAGIC = "sande run 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 2 * Integer.BYTES;
  private static final int BODY_HEAD = 1 + Long.BYTES;

  private final Path path;
  private final RandomAccessFile file; // a channel would be closed by an interrupt
  private long length = MAGIC.length;

  private Journal(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * What the journal has of one call.
   *
   * @param call of kind {@link Kind#RUN} or {@link Kind#STATE} for what is no call
   * @param result encoded
   * @param end place in the file behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  record Entry(Call call, byte[] result, long end) {}

  /** Opens or creates the file at {@code path}. */
  static Journal open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      Journal journal = new Journal(path, file);
      journal.lock();
      journal.begin();
      return journal;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private void lock() throws IOException {
    try {
      if (file.getChannel().tryLock() != null) { // until the file is closed
        return;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it
    }
    throw new ResumeException("[%s] is in use: a run in this folder has not ended".formatted(path));
  }

  private void begin() throws IOException {
    byte[] start = new byte[(int) Math.min(MAGIC.length, file.length())];
    file.readFully(start);
    if (!Arrays.equals(start, Arrays.copyOf(MAGIC, start.length))) {
      throw new ResumeException(
          "[%s] is no journal of this version; choose another folder".formatted(path));
    }
    if (start.length < MAGIC.length) {
      file.seek(0);
      file.write(MAGIC);
    }
  }

  /** Place behind the last record that was kept or added. */
  long length() {
    return length;
  }

  /** Drops what stands behind {@code end}; what is added next comes there. */
  void truncate(long end) throws IOException {
    file.setLength(end);
    length = end;
  }

  /** Adds a record. After a failure the file may have a part of it, which counts as nothing. */
  void append(Call call, byte[] result) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(HEAD + BODY_HEAD + result.length);
    record.position(HEAD);
    record.put(call.kind().mark()).putLong(call.arguments()).put(result);
    CRC32 checksum = new CRC32();
    checksum.update(record.array(), HEAD, record.capacity() - HEAD);
    record.putInt(0, record.capacity() - HEAD).putInt(Integer.BYTES, (int) checksum.getValue());
    file.seek(length);
    file.write(record.array());
    length += record.capacity();
  }

  /** Waits until the disk has all records. */
  void force() throws IOException {
    file.getFD().sync();
  }

  /** Reads from the first record on. */
  Reader read() throws IOException {
    return new Reader();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** One pass over the records; ends before one that is not complete. */
  final class Reader implements Closeable {
    private final DataInputStream in;
    private long end = MAGIC.length;

    private Reader() throws IOException {
      in = new DataInputStream(new BufferedInputStream(new FileInputStream(path.toFile())));
      in.skipNBytes(end);
    }

    /** The next record; none behind the last complete one. */
    Optional<Entry> next() throws IOException {
      byte[] body = body();
      Optional<Kind> kind = body == null ? Optional.empty() : Kind.of(body[0]);
      if (body == null || kind.isEmpty()) {
        return Optional.empty();
      }
      end += HEAD + body.length;
      Call call = new Call(kind.get(), ByteBuffer.wrap(body).getLong(1));
      return Optional.of(new Entry(call, Arrays.copyOfRange(body, BODY_HEAD, body.length), end));
    }

    private byte @Nullable [] body() throws IOException {
      long left = file.length() - end - HEAD;
      if (left < 0) {
        return null;
      }
      int size = in.readInt();
      int wanted = in.readInt();
      if (size < BODY_HEAD || size > left) {
        return null;
      }
      byte[] body = in.readNBytes(size);
      CRC32 checksum = new CRC32();
      checksum.update(body);
      return (int) checksum.getValue() == wanted ? body : null;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
