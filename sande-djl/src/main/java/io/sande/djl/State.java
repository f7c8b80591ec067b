package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.checkpoint.SafetensorsFile;
import io.sande.djl.checkpoint.SafetensorsWriter;
import io.sande.djl.checkpoint.StoredTensor;
import io.sande.djl.checkpoint.TensorEntry;
import io.sande.djl.kernel.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Tensors whose exact bits go to a file and come back into the same places. */
final class State {
  /** One tensor, and its dtype, which must not be asked of the tensor itself. */
  private record Part(NDArray tensor, DType dtype) {}

  private final Decoder decoder;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  State(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Adds tensors, named by {@code name} and their places. */
  State with(String name, List<NDArray> tensors, DType dtype) {
    for (int i = 0; i < tensors.size(); i++) {
      parts.put(name + "." + i, new Part(tensors.get(i), dtype));
    }
    return this;
  }

  /** Writes a new file, a tensor after the other. */
  void write(Path file, Map<String, String> texts) throws IOException {
    List<TensorEntry> entries = new ArrayList<>();
    parts.forEach((name, part) -> entries.add(entry(name, part)));
    checkSpace(file, entries.stream().mapToLong(TensorEntry::bytes).sum());
    SafetensorsWriter.write(
        file,
        texts,
        entries,
        (entry, sink) -> WeightFiles.write(decoder, part(entry.name()).tensor(), entry, sink));
  }

  /** Refuses early what would end in the middle of the file. */
  private static void checkSpace(Path file, long needed) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    long free = Files.getFileStore(Objects.requireNonNull(folder)).getUsableSpace();
    if (free < needed) {
      throw new CheckpointException(file, "needs %,d bytes, %,d are free".formatted(needed, free));
    }
  }

  /** Takes all numbers over from {@code file}, which has these tensors and no others. */
  void read(SafetensorsFile file) throws IOException {
    List<String> found = file.tensors().stream().map(State::description).toList();
    List<String> wanted =
        parts.entrySet().stream().map(p -> description(entry(p.getKey(), p.getValue()))).toList();
    if (!found.equals(wanted)) {
      throw new CheckpointException(
          file.path(), "is the state of another model or of another kind of training");
    }
    for (TensorEntry entry : file.tensors()) {
      Part part = part(entry.name());
      try (NDManager scope = decoder.manager().newSubManager()) {
        TensorReader reader = new TensorReader(decoder.memory(), part.dtype(), scope);
        NDArray read = reader.read(new StoredTensor(file, entry));
        decoder.move(List.of(part.tensor()), new NDList(read), 1);
      }
    }
  }

  private Part part(String name) {
    return Objects.requireNonNull(parts.get(name));
  }

  private static TensorEntry entry(String name, Part part) {
    List<Long> shape = Arrays.stream(part.tensor().getShape().getShape()).boxed().toList();
    return TensorEntry.of(name, WeightFiles.stored(part.dtype()), shape);
  }

  private static String description(TensorEntry entry) {
    return entry.name() + " " + entry.dtype() + " " + entry.shape();
  }
}
