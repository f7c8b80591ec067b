package io.sande.data;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.sande.internal.Check;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads files of conversations.
 *
 * <p>A file is UTF-8 text, or that text in gzip. It holds one JSON object a line, or one JSON array
 * of such objects. An object is {@code {"instruction", "input", "output"}} or {@code {"messages":
 * [{"role", "content"}, ...]}}; both may stand in one file. {@code input} is added to the
 * instruction after a space unless it is empty; without {@code output} there is a question and no
 * answer. Roles are {@code system}, {@code user} and {@code assistant}. Further keys are ignored.
 *
 * <p>A file is read as a stream, one example of at most 16 MiB at a time.
 */
public final class Conversations {
  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  private Conversations() {}

  /**
   * All examples of {@code file}, in its order; at least one.
   *
   * @throws DataException if there is no example, or one that cannot be used
   * @throws IOException if the file cannot be read
   */
  public static List<Conversation> read(Path file) throws IOException {
    return read(file, Integer.MAX_VALUE);
  }

  /** The first {@code samples} examples, or all if there are fewer; what follows is not read. */
  public static List<Conversation> read(Path file, int samples) throws IOException {
    Check.positive("samples", samples);
    if (!Files.exists(file) || Files.isDirectory(file)) {
      throw new DataException("[" + file + "] is no file; wanted a data file in JSON Lines");
    }
    try (InputStream in = open(file)) {
      List<Conversation> read = read(in, file, samples);
      if (read.isEmpty()) {
        throw new DataException(
            "[" + file + "] holds no example; wanted at least one " + ConversationJson.WANTED);
      }
      return List.copyOf(read);
    } catch (ZipException | EOFException e) {
      throw new DataException("[" + file + "] is broken gzip; wanted a whole file", e);
    }
  }

  /**
   * Each conversation as {@code {"messages": [{"role", "content"}, ...]}} in one line, the form
   * that services take for fine-tuning; {@link #read(Path)} gives the same conversations back.
   */
  public static List<String> toJsonLines(List<Conversation> conversations) {
    return conversations.stream().map(ConversationJson::format).toList();
  }

  /** SHA-256 of all turns in order, in hexadecimal: equal for equal conversations. */
  public static String sha256(List<Conversation> conversations) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Conversation conversation : conversations) {
      hasher.putInt(conversation.messages().size());
      for (Message message : conversation.messages()) {
        put(hasher, message.role().text());
        put(hasher, message.content());
      }
    }
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    hasher.putInt(bytes.length).putBytes(bytes);
  }

  private static List<Conversation> read(InputStream in, Path file, int samples)
      throws IOException {
    skip(in, BYTE_ORDER_MARK);
    int line = 1;
    for (int next = peek(in); next >= 0 && Character.isWhitespace(next); next = peek(in)) {
      line += in.read() == '\n' ? 1 : 0;
    }
    return peek(in) == '['
        ? new ArrayReader(in, file).read(samples)
        : new LineReader(in, file, line).read(samples);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return gzip ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16)) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Skips {@code bytes} if the stream goes on with all of them. */
  private static void skip(InputStream in, int[] bytes) throws IOException {
    in.mark(bytes.length);
    for (int wanted : bytes) {
      if (in.read() != wanted) {
        in.reset();
        return;
      }
    }
  }

  private static int peek(InputStream in) throws IOException {
    in.mark(1);
    int next = in.read();
    in.reset();
    return next;
  }
}
