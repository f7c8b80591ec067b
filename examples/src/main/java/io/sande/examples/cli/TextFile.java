package io.sande.examples.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file of text that a command writes at its end. */
final class TextFile {
  private TextFile() {}

  /** Refuses before any work what could not be written after it. */
  static void check(Path file) throws IOException {
    Path target = place(file);
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new FileSystemException(target.toString(), null, "is no file to write a report to");
    }
    Path folder = target.resolveSibling("").toAbsolutePath();
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new FileSystemException(folder.toString(), null, "cannot be written to");
    }
  }

  /** Writes beside the place of {@code file}, and then moves there. */
  static void write(Path file, String text) throws IOException {
    Path target = place(file);
    Path fresh = target.resolveSibling("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
    try {
      Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A link to a file stays a link. */
  private static Path place(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
  }
}
