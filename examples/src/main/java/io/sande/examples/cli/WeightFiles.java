package io.sande.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The weight files of a checkpoint folder. */
final class WeightFiles {
  private static final String SUFFIX = ".safetensors";

  private WeightFiles() {}

  /** In the order of their names. */
  static List<Path> of(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /** Byte by byte, over those of {@code to}: computing in another dtype would have rounded them. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : of(from)) {
      Path target = to.resolve(file.getFileName());
      if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
        Path fresh = target.resolveSibling("." + target.getFileName() + ".tmp");
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
