package io.sande.djl.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.sande.djl.checkpoint.CheckpointException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * DJL's tokenizer with every convenience switched off: no special tokens are added, nothing is cut,
 * padded or tidied up. Thread-safe; closing waits for calls in progress.
 */
final class NativeTokenizer implements AutoCloseable {
  /** By default DJL cuts texts at 512 tokens and pads them. */
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  /** Letters, digits, spaces, and characters that no vocabulary has. */
  private static final String PROBE = "Ab 1.\u00e9\u6f22 \ud83d\ude00\n\ue000\u0001";

  /** Half a character, which UTF-8 cannot hold; DJL would garble the text around it. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final HuggingFaceTokenizer tokenizer;

  /** Many may encode at once, but none while the native memory is given back. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Builds the tokenizer from the text of {@code file} alone; given the path, DJL would also follow
   * {@code tokenizer_config.json}, which transformers does not.
   */
  static NativeTokenizer of(Path file, String json) throws IOException {
    var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    NativeTokenizer made;
    try {
      made = new NativeTokenizer(HuggingFaceTokenizer.newInstance(bytes, OPTIONS));
    } catch (RuntimeException e) {
      throw new CheckpointException(
          file, "the tokenizers library refuses it: " + reason(e) + "; download it again", e);
    }
    made.checkEncodes(file);
    return made;
  }

  /** Some faults show only at a text: a token for unknown characters that is not there. */
  private void checkEncodes(Path file) throws CheckpointException {
    try {
      encode(PROBE);
    } catch (RuntimeException e) {
      close();
      throw new CheckpointException(
          file, "cannot encode every text: " + reason(e) + "; download it again", e);
    }
  }

  /** The library names a part that it does not know by its Rust type. */
  private static String reason(RuntimeException e) {
    return String.valueOf(e.getMessage())
        .replaceFirst(
            "data did not match any variant of untagged enum (\\w+?)(Untagged|Type|Wrapper)?\\b",
            "unknown type or form of $1");
  }

  int[] encode(String text) {
    String valid = LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
    long[] ids = call(open -> ids(open.getHandle(), valid));
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  /** What {@code encode(text, false, false).getIds()} gives, without copying all else it has. */
  private static long[] ids(long handle, String text) {
    long encoding = TokenizersLibrary.LIB.encode(handle, text, false);
    try {
      return TokenizersLibrary.LIB.getTokenIds(encoding);
    } finally {
      TokenizersLibrary.LIB.deleteEncoding(encoding);
    }
  }

  String decode(int[] ids) {
    long[] wide = Arrays.stream(ids).asLongStream().toArray();
    return call(open -> open.decode(wide, true));
  }

  String decodeAll(int[] ids) {
    long[] wide = Arrays.stream(ids).asLongStream().toArray();
    return call(open -> open.decode(wide, false));
  }

  private <T> T call(Function<HuggingFaceTokenizer, T> function) {
    lock.readLock().lock();
    try {
      return function.apply(tokenizer);
    } finally {
      lock.readLock().unlock();
      Reference.reachabilityFence(tokenizer); // its finalizer frees what a call reads
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      tokenizer.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
