package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what a checkpoint reads inside of its folder, whatever links it came with. */
public final class Links {
  private Links() {}

  /**
   * Refuses {@code file}, if it is there, where it is a link to a place that is neither in the
   * checkpoint's folder nor among the blobs of the Hugging Face cache.
   *
   * @throws CheckpointException naming the file and where it leads to
   */
  public static void check(Path file) throws CheckpointException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.exists(file)) {
      return;
    }
    boolean template = folder.endsWith(CarriedFiles.TEMPLATES);
    Path root = template && folder.getParent() != null ? folder.getParent() : folder;
    try {
      check(root.toRealPath(), file, file.toRealPath());
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be found: " + e, e);
    }
  }

  private static void check(Path root, Path file, Path real) throws CheckpointException {
    Path blobs = root.resolve("../../blobs").normalize();
    if (!real.startsWith(root) && !real.startsWith(blobs)) {
      throw new CheckpointException(
          file, "is a link out of its folder, to " + real + "; put a copy there instead");
    }
  }
}
