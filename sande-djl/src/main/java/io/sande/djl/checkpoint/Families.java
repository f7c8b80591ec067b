package io.sande.djl.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The families that can be opened; a new one is a line in {@link #KNOWN} and a class. */
final class Families {
  static final List<Family> KNOWN = List.of(new Llama(), new Mistral(), new Qwen2(), new Qwen3());

  private Families() {}

  /** Reads {@code config.json}, as transformers 4 or 5 wrote it. */
  static ModelConfig read(Path file) throws CheckpointException {
    HfConfig config = HfConfig.read(file);
    Family family = family(config);
    refuseOtherModels(config);
    return family.resolve(config);
  }

  private static Family family(HfConfig config) throws CheckpointException {
    String type = config.text("model_type", "");
    for (Family family : KNOWN) {
      if (family.modelType().equals(type)) {
        return family;
      }
    }
    String known = KNOWN.stream().map(Family::modelType).collect(Collectors.joining(", "));
    throw config.error(
        type.isEmpty()
            ? "has no model_type; known are " + known
            : "unknown model_type '" + type + "'; known are " + known);
  }

  private static void refuseOtherModels(HfConfig config) throws CheckpointException {
    List<String> architectures = config.texts("architectures");
    if (!architectures.isEmpty()
        && architectures.stream().noneMatch(name -> name.endsWith("ForCausalLM"))) {
      throw config.wrong("architectures", "a causal language model, ...ForCausalLM");
    }
    if (!config.isBlank("quantization_config")) {
      throw config.error(
          "has a quantization_config: quantised weights cannot be trained;"
              + " use the checkpoint that they were made from");
    }
    if (!config.isBlank("auto_map")) {
      throw config.error(
          "has an auto_map, which names Python code to run in place of the known model;"
              + " it is never run. Remove the key if this is a plain model of its model_type");
    }
    String activation = config.text("hidden_act", "silu");
    if (!activation.equals("silu") && !activation.equals("swish")) {
      throw config.wrong("hidden_act", "silu");
    }
  }
}
