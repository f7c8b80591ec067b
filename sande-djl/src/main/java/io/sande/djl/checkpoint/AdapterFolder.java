package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A LoRA adapter as PEFT saves it: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 *
 * @param config what the adapter is
 * @param modules the adapters of the layers, in the model's order
 */
public record AdapterFolder(AdapterConfig config, List<LoraModule> modules) {
  static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String PREFIX = "base_model.model.";
  private static final String A = ".lora_A.weight";
  private static final String B = ".lora_B.weight";

  /** Copies the list. */
  public AdapterFolder {
    modules = List.copyOf(modules);
  }

  /**
   * Reads the adapter in {@code directory} for a model of shape {@code model}.
   *
   * @throws CheckpointException if it is of another kind, does not fit the model, or lacks a layer
   */
  public static AdapterFolder read(Path directory, ModelConfig model) throws IOException {
    Path file = directory.resolve(CONFIG);
    AdapterConfig config = config(file);
    Path weights = directory.resolve(WEIGHTS);
    if (!Files.exists(weights)) {
      throw new CheckpointException(weights, "is not there; an adapter_model.bin is not read");
    }
    Links.check(weights);
    try (SafetensorsFile tensors = SafetensorsFile.open(weights)) {
      return new AdapterFolder(config, modules(config, model, tensors));
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Writes the adapter; a checkpoint that is there is replaced, and is as before after a failure.
   */
  public void write(Path directory) throws IOException {
    FolderSwap.folder(
        directory,
        folder -> {
          byte[] json = AdapterJson.write(config).getBytes(StandardCharsets.UTF_8);
          Files.write(
              folder.resolve(CONFIG), json, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
          SafetensorsWriter.write(
              folder.resolve(WEIGHTS), SafetensorsWriter.PYTORCH, entries(), this::copy);
        });
  }

  private static AdapterConfig config(Path file) throws CheckpointException {
    try {
      return AdapterJson.read(HfConfig.read(file));
    } catch (IllegalArgumentException e) { // a pattern that is none
      throw new CheckpointException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<LoraModule> modules(
      AdapterConfig config, ModelConfig model, SafetensorsFile tensors) throws IOException {
    Set<String> unused =
        tensors.tensors().stream()
            .map(TensorEntry::name)
            .collect(Collectors.toCollection(HashSet::new));
    Map<String, List<Long>> linear = Layout.of(model).linear();
    List<LoraModule> modules = new ArrayList<>();
    for (String name : config.modules(model)) {
      List<Long> shape = Objects.requireNonNull(linear.get(name));
      modules.add(module(name, config.rank(name), shape, tensors));
      unused.remove(PREFIX + name + A);
      unused.remove(PREFIX + name + B);
    }
    if (modules.isEmpty()) {
      throw new IllegalArgumentException(
          "target_modules names no linear layer of a block: " + config.targets());
    }
    if (!unused.isEmpty()) {
      throw new CheckpointException(
          tensors.path(),
          "has tensors of no linear layer that target_modules names: "
              + unused.stream().sorted().limit(3).toList());
    }
    return modules;
  }

  private static LoraModule module(String name, int rank, List<Long> shape, SafetensorsFile tensors)
      throws IOException {
    long out = shape.get(0);
    long in = shape.get(1);
    float[] a = matrix(tensors, PREFIX + name + A, List.of((long) rank, in));
    float[] b = matrix(tensors, PREFIX + name + B, List.of(out, (long) rank));
    return new LoraModule(name, rank, a, b);
  }

  private static float[] matrix(SafetensorsFile tensors, String name, List<Long> shape)
      throws IOException {
    TensorEntry entry = tensors.tensor(name);
    if (!entry.shape().equals(shape)) {
      throw new CheckpointException(
          tensors.path(),
          "tensor '%s' has shape %s but the model and adapter_config.json ask for %s"
              .formatted(name, entry.shape(), shape));
    }
    return tensors.floats(entry);
  }

  /** In the order of the names, as safetensors sorts them. */
  private List<TensorEntry> entries() {
    List<TensorEntry> entries = new ArrayList<>();
    for (LoraModule module : modules) {
      long rank = module.rank();
      String name = PREFIX + module.name();
      entries.add(TensorEntry.of(name + A, DType.F32, List.of(rank, (long) module.inputs())));
      entries.add(TensorEntry.of(name + B, DType.F32, List.of((long) module.outputs(), rank)));
    }
    entries.sort(Comparator.comparing(TensorEntry::name));
    return entries;
  }

  private void copy(TensorEntry tensor, ByteSink sink) throws IOException {
    for (LoraModule module : modules) {
      String name = PREFIX + module.name();
      if (tensor.name().equals(name + A)) {
        sink.accept(Floats.bytes(module.a()));
      } else if (tensor.name().equals(name + B)) {
        sink.accept(Floats.bytes(module.b()));
      }
    }
  }
}
