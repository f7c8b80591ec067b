package io.sande.djl.kernel;

import io.sande.djl.checkpoint.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the kernel's source declares as attributes of its module. */
final class DecoderAttributes {
  private DecoderAttributes() {}

  static Map<String, Object> of(ModelConfig config) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    attributes.put("layers", config.layers());
    attributes.put("heads", config.heads());
    attributes.put("kv_heads", config.keyValueHeads());
    attributes.put("head_size", config.headSize());
    attributes.put("eps", config.normEpsilon());
    attributes.put("tied", config.tied());
    attributes.put("windows", config.windows());
    return attributes;
  }
}
