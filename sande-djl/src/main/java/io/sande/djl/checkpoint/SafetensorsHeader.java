package io.sande.djl.checkpoint;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON at the start of a safetensors file.
 *
 * @param metadata texts under {@code __metadata__}, in the file's order; empty where there is none
 * @param tensors in the order of their data, which they cover without hole or overlap
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> tensors) {
  SafetensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = List.copyOf(tensors);
  }

  static final String METADATA = "__metadata__";

  /** Reads the header token by token, so that a long one costs no more than its entries. */
  static SafetensorsHeader parse(JsonReader reader) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<TensorEntry> tensors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      StrictJson.once(seen.add(name), name);
      if (name.equals(METADATA)) {
        readMetadata(reader, metadata);
      } else {
        tensors.add(readEntry(reader, name));
      }
    }
    reader.endObject();
    tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    checkPlaces(tensors);
    return new SafetensorsHeader(metadata, tensors);
  }

  /** Bytes of data that the tensors cover. */
  long dataBytes() {
    return tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
  }

  private static void checkPlaces(List<TensorEntry> tensors) throws MalformedJsonException {
    long place = 0;
    for (TensorEntry tensor : tensors) {
      if (tensor.begin() != place) {
        throw new MalformedJsonException(
            "tensor '%s' begins at byte %d of the data, the one before it ends at %d"
                .formatted(tensor.name(), tensor.begin(), place));
      }
      place = tensor.end();
    }
  }

  private static void readMetadata(JsonReader reader, Map<String, String> metadata)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      StrictJson.once(!metadata.containsKey(key), key);
      metadata.put(key, string(reader, METADATA + "." + key));
    }
    reader.endObject();
  }

  private static TensorEntry readEntry(JsonReader reader, String name) throws IOException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new MalformedJsonException("a tensor name has half a surrogate pair");
    }
    DType dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      StrictJson.once(seen.add(key), key);
      switch (key) {
        case "dtype" -> dtype = dtype(string(reader, key), name);
        case "shape" -> shape = integers(reader, name);
        case "data_offsets" -> offsets = integers(reader, name);
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new MalformedJsonException(
          "tensor '%s' needs dtype, shape and two data_offsets".formatted(name));
    }
    return checked(new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1)));
  }

  private static TensorEntry checked(TensorEntry tensor) throws MalformedJsonException {
    try {
      // offsets are not negative, so the difference cannot overflow
      if (tensor.dtype().bytes(tensor.elements()) == tensor.bytes()) {
        return tensor;
      }
    } catch (ArithmeticException e) {
      throw new MalformedJsonException("tensor '%s' is too large".formatted(tensor.name()), e);
    }
    throw new MalformedJsonException(
        "tensor '%s' is %s %s but its data_offsets span %d bytes"
            .formatted(tensor.name(), tensor.dtype(), tensor.shape(), tensor.bytes()));
  }

  private static DType dtype(String text, String tensor) throws MalformedJsonException {
    for (DType known : DType.values()) {
      if (known.name().equals(text)) {
        return known;
      }
    }
    throw new MalformedJsonException(
        "tensor '%s' has dtype '%s'; known are %s"
            .formatted(tensor, text, List.of(DType.values())));
  }

  private static String string(JsonReader reader, String what) throws IOException {
    if (reader.peek() != JsonToken.STRING) {
      throw new MalformedJsonException("%s must be a string".formatted(what));
    }
    return reader.nextString();
  }

  private static List<Long> integers(JsonReader reader, String tensor) throws IOException {
    List<Long> integers = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      boolean number = reader.peek() == JsonToken.NUMBER;
      String text = number ? reader.nextString() : "no number";
      if (!text.matches("[0-9]{1,18}")) {
        throw new MalformedJsonException(
            "tensor '%s' has %s where an integer from 0 to 10^18 must stand"
                .formatted(tensor, text));
      }
      integers.add(Long.valueOf(text));
    }
    reader.endArray();
    return integers;
  }
}
