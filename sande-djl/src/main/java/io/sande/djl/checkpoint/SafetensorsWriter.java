package io.sande.djl.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes safetensors files, one tensor at a time. */
public final class SafetensorsWriter {
  /** What transformers wants to find in a file of PyTorch weights. */
  public static final Map<String, String> PYTORCH = Map.of("format", "pt");

  private SafetensorsWriter() {}

  /**
   * Writes a new file and waits until the disk has it.
   *
   * @param path must not exist; a failure leaves a part of the file there
   * @param metadata in the order to be written; empty for none
   * @param tensors in the order of their data; where they begin and end in their source is ignored
   * @param bytes called once for each tensor, in that order
   * @throws CheckpointException if {@code bytes} yields too many or too few
   */
  public static void write(
      Path path, Map<String, String> metadata, List<TensorEntry> tensors, TensorBytes bytes)
      throws IOException {
    List<TensorEntry> placed = place(tensors);
    try (FileChannel out =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      drain(header(metadata, placed), out);
      for (TensorEntry tensor : placed) {
        long start = out.position();
        bytes.copy(tensor, piece -> drain(piece, out));
        if (out.position() - start != tensor.bytes()) {
          throw new CheckpointException(
              path,
              "got %d bytes for tensor '%s', which has %d"
                  .formatted(out.position() - start, tensor.name(), tensor.bytes()));
        }
      }
      out.force(true);
    }
  }

  private static List<TensorEntry> place(List<TensorEntry> tensors) {
    List<TensorEntry> placed = new ArrayList<>();
    long place = 0;
    for (TensorEntry tensor : tensors) {
      placed.add(tensor.at(place));
      place += tensor.bytes();
    }
    return placed;
  }

  private static void drain(ByteBuffer bytes, FileChannel out) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Length, JSON, and spaces up to the next multiple of 8. */
  private static ByteBuffer header(Map<String, String> metadata, List<TensorEntry> tensors)
      throws IOException {
    byte[] json = json(metadata, tensors).getBytes(StandardCharsets.UTF_8);
    int length = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static String json(Map<String, String> metadata, List<TensorEntry> tensors)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.beginObject();
      if (!metadata.isEmpty()) {
        json.name(SafetensorsHeader.METADATA).beginObject();
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      for (TensorEntry tensor : tensors) {
        json.name(tensor.name()).beginObject();
        json.name("dtype").value(tensor.dtype().name());
        json.name("shape").beginArray();
        for (long dimension : tensor.shape()) {
          json.value(dimension);
        }
        json.endArray();
        json.name("data_offsets").beginArray().value(tensor.begin()).value(tensor.end()).endArray();
        json.endObject();
      }
      json.endObject();
    }
    return text.toString();
  }
}
