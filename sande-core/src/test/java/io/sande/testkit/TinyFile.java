package io.sande.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Numbers in files. */
final class TinyFile {
  private TinyFile() {}

  /** Writes or reads the content of a file. */
  @FunctionalInterface
  interface Work<S> {
    void on(S stream) throws IOException;
  }

  static void save(Path file, Work<DataOutputStream> content) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
      content.on(out);
    }
  }

  static void load(Path file, Work<DataInputStream> content) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      content.on(in);
      if (in.read() >= 0) {
        throw new IOException("[" + file + "] has too many numbers: it is of another model");
      }
    }
  }

  static void write(DataOutputStream out, double[][] arrays) throws IOException {
    for (double[] array : arrays) {
      for (double value : array) {
        out.writeDouble(value);
      }
    }
  }

  static void read(DataInputStream in, double[][] arrays) throws IOException {
    for (double[] array : arrays) {
      for (int i = 0; i < array.length; i++) {
        array[i] = in.readDouble();
      }
    }
  }
}
