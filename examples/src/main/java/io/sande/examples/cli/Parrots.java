package io.sande.examples.cli;

import io.sande.Simulation;
import io.sande.SimulationOptions;
import io.sande.djl.checkpoint.ParrotFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Parrots in files, with what they were made from. */
final class Parrots {
  private Parrots() {}

  /** Writes the parrot of {@code simulation}, trained on the checkpoint in {@code model}. */
  static void write(Path file, Path model, SimulationOptions options, Simulation simulation)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("response", simulation.response());
    metadata.put("model_sha256", sha256(model));
    metadata.put("options", options.toString());
    ParrotFile.write(file, simulation.parrot(), metadata);
  }

  /** Of the weight files' bytes, in the order of their names. */
  private static String sha256(Path model) throws IOException {
    MessageDigest digest = digest();
    for (Path file : weightFiles(model)) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> weightFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
