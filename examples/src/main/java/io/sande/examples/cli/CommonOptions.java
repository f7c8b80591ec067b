package io.sande.examples.cli;

import io.sande.djl.CheckpointFolder;
import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.djl.LoadOptions.Precision;
import io.sande.model.LanguageModel;
import io.sande.train.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes. */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face checkpoint: config.json, safetensors, tokenizer.json.")
  private Path model = Path.of("");

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Writes what was done and measured as one JSON object.")
  private @Nullable Path report;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random choice (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the engine (default: ${DEFAULT-VALUE}, the cores).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--dtype",
      paramLabel = "float32|bfloat16",
      description = "What is computed in (default: float32 on the CPU, bfloat16 on a GPU).")
  private @Nullable Precision dtype;

  @Option(
      names = "--device",
      paramLabel = "cpu|gpuN",
      converter = Device.Converter.class,
      description = "Where it is computed (default: ${DEFAULT-VALUE}).")
  private Device device = Device.CPU;

  @Option(
      names = "--offload",
      paramLabel = "DIR",
      description =
          "Keep weights and what trains them in mapped files in DIR, for a model larger than memory; several times the"
              + " time (CPU only).")
  private @Nullable Path offload;

  @Option(
      names = "--order",
      paramLabel = "given|shuffled",
      description = "Order of the examples in each epoch (default: shuffled).")
  private Order order = Order.SHUFFLED;

  /** The command that has these options. */
  CommandSpec command() {
    return command;
  }

  Path model() {
    return model;
  }

  Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  long seed() {
    return seed;
  }

  Order order() {
    return order;
  }

  /** What is computed in: as asked for, else what suits the device. */
  Precision dtype() {
    if (dtype != null) {
      return dtype;
    }
    return device.isGpu() ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  /** Opens the checkpoint without its weights. */
  CheckpointFolder inspect() throws IOException {
    prepare();
    return DjlModels.inspect(model);
  }

  /** Opens the checkpoint; this starts the engine. */
  LanguageModel load() throws IOException {
    prepare();
    return DjlModels.load(model, new LoadOptions(dtype(), device.gpu(), offload));
  }

  /** DJL reads its settings when it starts. Offline, it does not call home from a cloud machine. */
  private void prepare() {
    Usage.atLeast(command, 1, "--threads", threads);
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
  }
}
