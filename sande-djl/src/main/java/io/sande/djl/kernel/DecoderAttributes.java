package io.sande.djl.kernel;

import io.sande.djl.checkpoint.Layout;
import io.sande.djl.checkpoint.ModelConfig;
import io.sande.djl.checkpoint.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the kernel's source declares as attributes of its module. */
final class DecoderAttributes {
  /** Biases of the linear layers in the kernel's order. */
  private static final List<Slot> BIASES =
      List.of(
          Slot.QUERY_BIAS,
          Slot.KEY_BIAS,
          Slot.VALUE_BIAS,
          Slot.OUTPUT_BIAS,
          Slot.GATE_BIAS,
          Slot.UP_BIAS,
          Slot.DOWN_BIAS);

  private DecoderAttributes() {}

  static Map<String, Object> of(ModelConfig config, boolean offloaded) {
    Layout layout = Layout.of(config);
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", true);
    attributes.put("layers", config.layers());
    attributes.put("heads", config.heads());
    attributes.put("kv_heads", config.keyValueHeads());
    attributes.put("head_size", config.headSize());
    attributes.put("stride", layout.slots().size());
    attributes.put("eps", config.normEpsilon());
    attributes.put("tied", config.tied());
    attributes.put("windows", config.windows());
    attributes.put("bias", BIASES.stream().map(layout::offset).toList());
    attributes.put("q_norm", layout.offset(Slot.QUERY_NORM));
    attributes.put("k_norm", layout.offset(Slot.KEY_NORM));
    attributes.put("offloaded", offloaded);
    return attributes;
  }
}
