package io.sande.djl;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.djl.checkpoint.SafetensorsFile;
import io.sande.djl.checkpoint.TensorEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Recorded results of transformers, read from the shared folder of fixtures. */
record Golden(SafetensorsFile tensors, JsonObject json) {
  /** The folder of fixtures; without it the test is skipped. */
  static Path shared(String folder) {
    Path path = Path.of(System.getProperty("sande.shared", "../../shared")).resolve(folder);
    Assumptions.assumeTrue(Files.isDirectory(path), "no fixtures at " + path);
    return path;
  }

  static Path model(String name) {
    return shared("golden/models").resolve(name);
  }

  static Golden read(Path folder) {
    try {
      Path json = folder.resolve("golden.json");
      return new Golden(
          SafetensorsFile.open(folder.resolve("golden.safetensors")),
          Files.exists(json)
              ? JsonParser.parseString(Files.readString(json)).getAsJsonObject()
              : new JsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String name) {
    return tensors.tensors().stream().anyMatch(t -> t.name().equals(name));
  }

  float[] floats(String name) {
    try {
      return tensors.floats(tensors.tensor(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Long> shape(String name) {
    try {
      return tensors.tensor(name).shape();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of an int64 matrix. */
  int[][] integers(String name) {
    try {
      TensorEntry entry = tensors.tensor(name);
      ByteBuffer bytes = tensors.map(entry, 0, entry.bytes());
      int columns = Math.toIntExact(entry.shape().get(entry.shape().size() - 1));
      int[][] rows = new int[Math.toIntExact(entry.bytes() / 8 / columns)][columns];
      for (int[] row : rows) {
        for (int i = 0; i < columns; i++) {
          row[i] = Math.toIntExact(bytes.getLong());
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
