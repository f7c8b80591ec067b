package io.sande.djl.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A folder as Hugging Face's {@code save_pretrained} writes it: {@code config.json} and
 * safetensors, open for reading.
 *
 * <p>All is checked at once: every tensor of the model is there, in the shape that {@code
 * config.json} asks for, as F32, F16 or BF16. No weights are read before they are asked for.
 * Immutable and thread-safe. Close it when the model that was made from it is not to be written any
 * more; the files stay readable until then, even if another checkpoint takes their place.
 */
public final class Checkpoint implements Closeable {
  static final String CONFIG = "config.json";

  private final Path directory;
  private final ModelConfig config;
  private final Shards shards;
  private final List<StoredTensor> tensors;
  private final List<String> ignored;

  private Checkpoint(Path directory, ModelConfig config, Shards shards) throws IOException {
    this.directory = directory;
    this.config = config;
    this.shards = shards;
    this.tensors = List.copyOf(find(Layout.of(config)));
    this.ignored = List.copyOf(findIgnored());
    checkDepth();
    checkTied();
  }

  /**
   * Opens the checkpoint in {@code directory}.
   *
   * @throws CheckpointException naming the file if something is missing, damaged, contradicting, or
   *     of a kind that is not supported
   */
  public static Checkpoint open(Path directory) throws IOException {
    ModelConfig config = config(directory);
    Shards shards = Shards.open(directory);
    try {
      return new Checkpoint(directory, config, shards);
    } catch (IOException | RuntimeException e) {
      try {
        shards.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Reads {@code config.json} alone; no weights need to be there. */
  public static ModelConfig config(Path directory) throws CheckpointException {
    if (!Files.isDirectory(directory)) {
      throw new CheckpointException(directory, "is no folder; a checkpoint is one: " + directory);
    }
    Path config = directory.resolve(CONFIG);
    if (!Files.exists(config) && Files.exists(directory.resolve(AdapterFolder.CONFIG))) {
      throw new CheckpointException(
          directory, "has an adapter, not a model; give the folder of the model it belongs to");
    }
    return Families.read(config);
  }

  /** The folder. */
  public Path directory() {
    return directory;
  }

  /** Shape of the model. */
  public ModelConfig config() {
    return config;
  }

  /** The model's tensors in the order of {@link Layout#tensors}. */
  public List<StoredTensor> tensors() {
    return tensors;
  }

  /** Names of stored tensors that the model does not use, such as {@code rotary_emb.inv_freq}. */
  public List<String> ignored() {
    return ignored;
  }

  /** Count of the model's numbers; a tied matrix counts once. */
  public long parameters() {
    return tensors.stream().mapToLong(tensor -> tensor.entry().elements()).sum();
  }

  /** The weight files, in the order of their names. */
  List<SafetensorsFile> files() {
    return shards.files();
  }

  /** Closes the weight files. */
  @Override
  public void close() throws IOException {
    shards.close();
  }

  private List<StoredTensor> find(Layout layout) throws CheckpointException {
    List<StoredTensor> found = new ArrayList<>();
    for (TensorSpec wanted : layout.tensors()) {
      StoredTensor tensor = shards.tensors().get(wanted.name());
      if (tensor == null) {
        throw new CheckpointException(
            shards.list(),
            "has no tensor '%s', which a %s with %d layers needs"
                .formatted(wanted.name(), config.family(), config.layers()));
      }
      check(tensor, wanted);
      found.add(tensor);
    }
    return found;
  }

  private static void check(StoredTensor tensor, TensorSpec wanted) throws CheckpointException {
    TensorEntry entry = tensor.entry();
    if (!entry.shape().equals(wanted.shape())) {
      throw new CheckpointException(
          tensor.file().path(),
          "tensor '%s' has shape %s but config.json asks for %s. Weights and config.json come from"
                  .formatted(entry.name(), entry.shape(), wanted.shape())
              + " different models; download both again.");
    }
    if (!entry.dtype().isWeight()) {
      throw new CheckpointException(
          tensor.file().path(),
          "tensor '%s' is %s, but weights must be F32, F16 or BF16"
              .formatted(entry.name(), entry.dtype()));
    }
  }

  private List<String> findIgnored() {
    Set<String> used = new HashSet<>();
    tensors.forEach(tensor -> used.add(tensor.entry().name()));
    return shards.tensors().keySet().stream().filter(name -> !used.contains(name)).toList();
  }

  /** Weights of more layers than config.json says belong to another model. */
  private void checkDepth() throws CheckpointException {
    String next = "model.layers." + config.layers() + ".";
    for (String name : ignored) {
      if (name.startsWith(next)) {
        throw new CheckpointException(
            shards.list(),
            "has tensor '%s', but config.json says num_hidden_layers %d; download both again"
                .formatted(name, config.layers()));
      }
    }
  }

  /** A stored output layer beside a tied embedding must say the same. */
  private void checkTied() throws IOException {
    StoredTensor head = shards.tensors().get(Layout.HEAD);
    if (config.tied() && head != null && !head.isSameAs(tensors.get(0))) {
      throw new CheckpointException(
          head.file().path(),
          "has an lm_head.weight that differs from the embedding, but config.json ties both;"
              + " set tie_word_embeddings to false there to use both as they are");
    }
  }
}
