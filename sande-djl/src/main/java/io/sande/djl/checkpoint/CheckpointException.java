package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a checkpoint that cannot be used; the message begins with {@code [file name] }. */
public final class CheckpointException extends IOException {
  /** States what is wrong in {@code file}: thing, found, wanted, what to do. */
  public CheckpointException(Path file, String message) {
    super(prefix(file) + message);
  }

  /** As the other, with the error below it. */
  public CheckpointException(Path file, String message, Throwable cause) {
    super(prefix(file) + message, cause);
  }

  private static String prefix(Path file) {
    Path name = file.getFileName();
    return "[" + (name == null ? file : name) + "] ";
  }
}
