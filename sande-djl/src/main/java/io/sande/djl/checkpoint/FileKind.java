package io.sande.djl.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Knows other files by their first bytes, for a better message than "malformed". */
final class FileKind {
  private static final byte[] LFS = "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] GGUF = {'G', 'G', 'U', 'F'};

  /**
   * What {@code torch.save} wrote before zips; its first two bytes alone may be a header's length.
   */
  private static final byte[] PICKLE = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20
  };

  /** As many bytes as {@link #refuse} looks at. */
  static final int LONGEST = LFS.length;

  private FileKind() {}

  /** Refuses {@code file} if {@code start} shows that it is something else than its name says. */
  static void refuse(Path file, byte[] start) throws CheckpointException {
    if (startsWith(start, LFS)) {
      throw new CheckpointException(
          file, "is a Git LFS pointer, not the file itself; run 'git lfs pull' in its folder");
    }
    if (startsWith(start, ZIP) || startsWith(start, PICKLE)) {
      throw new CheckpointException(
          file, "is a PyTorch pickle, which can run code; save the model as safetensors instead");
    }
    if (startsWith(start, GGUF)) {
      throw new CheckpointException(file, "is a GGUF file; use the safetensors of the same model");
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    int length = prefix.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, prefix, 0, length);
  }
}
