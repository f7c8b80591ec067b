package io.sande.djl.checkpoint;

import io.sande.model.SoftPrompt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A soft prompt in a file: safetensors with one float32 tensor {@code parrot} [n, H].
 *
 * @param prompt the vectors and where they stand
 * @param metadata texts about its making
 */
public record ParrotFile(SoftPrompt prompt, Map<String, String> metadata) {
  private static final String TENSOR = "parrot";
  private static final String POSITION = "position";

  /** Where a parrot stands whose file does not say it: after two tokens, as in the reference. */
  private static final String USUAL_POSITION = "2";

  /** Copies the map, in its order. */
  public ParrotFile {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Writes {@code prompt}; a file that is there is replaced, and is as before after a failure.
   *
   * @param metadata texts to keep with it; {@code format} and {@code position} are set here
   */
  public static void write(Path file, SoftPrompt prompt, Map<String, String> metadata)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(SafetensorsWriter.PYTORCH);
    all.put(POSITION, Integer.toString(prompt.position()));
    List<Long> shape = List.of((long) prompt.length(), (long) prompt.hiddenSize());
    FolderSwap.file(
        file,
        path ->
            SafetensorsWriter.write(
                path,
                all,
                List.of(TensorEntry.of(TENSOR, DType.F32, shape)),
                (tensor, sink) -> sink.accept(Floats.bytes(prompt.values()))));
  }

  /**
   * Reads what {@link #write} wrote, or another program in the same form.
   *
   * @throws CheckpointException if the file has other tensors, or numbers that are not finite
   */
  public static ParrotFile read(Path file) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      TensorEntry entry = parrot(tensors);
      float[] values = tensors.floats(entry);
      for (float value : values) {
        if (!Float.isFinite(value)) {
          throw new CheckpointException(file, "has a number in 'parrot' that is not finite");
        }
      }
      int length = Math.toIntExact(entry.shape().get(0));
      int position = position(file, tensors.metadata());
      return new ParrotFile(SoftPrompt.of(position, length, values), tensors.metadata());
    }
  }

  private static TensorEntry parrot(SafetensorsFile tensors) throws CheckpointException {
    List<TensorEntry> entries = tensors.tensors();
    if (entries.size() == 1) {
      TensorEntry entry = entries.get(0);
      if (entry.name().equals(TENSOR)
          && entry.dtype() == DType.F32
          && entry.shape().size() == 2
          && entry.elements() > 0) {
        return entry;
      }
    }
    throw new CheckpointException(
        tensors.path(),
        "is no parrot file: that has one tensor 'parrot', F32 [n, H], but this has "
            + entries.stream().limit(3).map(ParrotFile::brief).toList());
  }

  private static String brief(TensorEntry entry) {
    return entry.name() + " " + entry.dtype() + " " + entry.shape();
  }

  private static int position(Path file, Map<String, String> metadata) throws CheckpointException {
    String text = metadata.getOrDefault(POSITION, USUAL_POSITION);
    if (!text.matches("[0-9]{1,9}")) {
      throw new CheckpointException(
          file, "has position '" + text + "' in its metadata but it must be 0 or above");
    }
    return Integer.parseInt(text);
  }
}
