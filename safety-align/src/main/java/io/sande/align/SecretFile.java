package io.sande.align;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The secret of one tenant and model in an encrypted file, and the one before it.
 *
 * <p>A file is written beside its place and moved there, readable for its owner alone where the
 * system knows such rights. What is wrong with a file is told by {@link SecretFileException}.
 *
 * @param path the file
 * @param owner whose secret it is; a file of another owner is refused
 * @param key what it is locked with
 */
public record SecretFile(Path path, SecretOwner owner, StoreKey key) {
  private static final int LARGEST = 1 << 20;

  /** Whether there is such a file. */
  public boolean exists() {
    return Files.exists(path);
  }

  /** Writes the first secret; refuses a file that is there, see {@link #rotate}. */
  public void create(SecretPrompt secret) throws IOException {
    if (exists()) {
      throw new SecretFileException("[" + path + "] holds a secret already; rotate it instead");
    }
    write(List.of(secret));
  }

  /** The secret in use; the caller closes it. */
  public SecretPrompt current() throws IOException {
    return read().get(0);
  }

  /** The secret before the last rotation, so that it can still be measured. */
  public Optional<SecretPrompt> previous() throws IOException {
    List<SecretPrompt> secrets = read();
    return secrets.size() > 1 ? Optional.of(secrets.get(1)) : Optional.empty();
  }

  /**
   * Puts {@code fresh} in the place of the current secret, which becomes the previous one. A model
   * is safe with the secret it was aligned with, so align it anew before the new one is served.
   */
  public void rotate(SecretPrompt fresh) throws IOException {
    write(List.of(fresh, current()));
  }

  private List<SecretPrompt> read() throws IOException {
    if (Files.size(path) > LARGEST) { // says so if there is no file
      throw new SecretFileException("[" + path + "] is larger than any file of a secret");
    }
    byte[] plain = new Envelope(path, owner, key).open(Files.readAllBytes(path));
    try {
      return parse(ByteBuffer.wrap(plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static List<SecretPrompt> parse(ByteBuffer plain) {
    List<SecretPrompt> secrets = new ArrayList<>();
    while (plain.hasRemaining()) {
      byte[] text = new byte[plain.getInt()];
      plain.get(text);
      secrets.add(SecretPrompt.of(StandardCharsets.UTF_8.decode(ByteBuffer.wrap(text))));
      Arrays.fill(text, (byte) 0);
    }
    return secrets;
  }

  private void write(List<SecretPrompt> secrets) throws IOException {
    List<byte[]> texts =
        secrets.stream().map(s -> s.reveal().getBytes(StandardCharsets.UTF_8)).toList();
    ByteBuffer plain = ByteBuffer.allocate(texts.stream().mapToInt(t -> 4 + t.length).sum());
    for (byte[] text : texts) {
      plain.putInt(text.length).put(text);
      Arrays.fill(text, (byte) 0);
    }
    byte[] sealed = new Envelope(path, owner, key).seal(plain.array());
    Arrays.fill(plain.array(), (byte) 0);
    replace(path, sealed);
  }

  /** Writes a file that nobody else may read, beside its place, and moves it there. */
  static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp-" + UUID.randomUUID());
    try {
      createPrivate(fresh);
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** An empty file that nobody else may read, where the system knows such rights. */
  private static void createPrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }
}
