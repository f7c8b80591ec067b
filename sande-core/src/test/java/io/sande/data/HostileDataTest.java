package io.sande.data;

import io.sande.testkit.Hostile;
import io.sande.testkit.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileDataTest {
  private static final String INSTRUCTION =
      "{\"instruction\": \"Add 1 and 2\", \"input\": \"\", \"output\": \"3 \\u00e9\"}";
  private static final String CHAT =
      "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"},"
          + " {\"role\": \"user\", \"content\": \"Hi\"}, {\"role\": \"assistant\", \"content\": \"Yo\"}]}";

  @TempDir Path folder;

  @Test
  void damagedLinesAreRefusedOrRead() throws IOException {
    attack((INSTRUCTION + "\n" + CHAT + "\n\n" + INSTRUCTION).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void damagedGzipIsRefusedOrRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((CHAT + "\n" + INSTRUCTION).getBytes(StandardCharsets.UTF_8));
    }
    attack(bytes.toByteArray());
  }

  @Test
  void damagedArraysAreRefusedOrRead() throws IOException {
    Path file = file(("[" + INSTRUCTION + "," + CHAT + "]").getBytes(StandardCharsets.UTF_8));
    new Hostile(file, folder, DataException.class)
        .attack(Mutations::json, () -> Conversations.read(file));
  }

  private void attack(byte[] valid) throws IOException {
    Path file = file(valid);
    new Hostile(file, folder, DataException.class)
        .attack(Mutations::bytes, () -> Conversations.read(file));
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("data.jsonl"), bytes);
  }
}
