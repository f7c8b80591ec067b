package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.sande.djl.checkpoint.AdapterConfig;
import io.sande.djl.checkpoint.Layout;
import io.sande.djl.checkpoint.Slot;
import java.util.Arrays;
import java.util.List;

/**
 * A LoRA adapter in native memory: float32 matrices A [r, in] and B [out, r] beside linear layers.
 *
 * @param config what it is, as its folder says
 * @param parts one for each layer it stands beside
 * @param slots where A stands in the list of weights and adapter tensors, for each of the 7 linear
 *     layers of each block; -1 where there is none
 * @param scales what B A is multiplied by, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // an identity, never compared
record Adapter(AdapterConfig config, List<Part> parts, int[] slots, float[] scales)
    implements AutoCloseable {
  /** Linear layers of a block in the kernel's order. */
  static final List<Slot> LINEAR =
      List.of(Slot.QUERY, Slot.KEY, Slot.VALUE, Slot.OUTPUT, Slot.GATE, Slot.UP, Slot.DOWN);

  /** Name of a linear layer, such as {@code model.layers.0.self_attn.q_proj}. */
  static String module(int layer, Slot slot) {
    return "model.layers." + layer + "." + slot.module();
  }

  /** One linear layer's A and B. */
  record Part(int layer, Slot slot, NDArray a, NDArray b) {
    String module() {
      return Adapter.module(layer, slot);
    }

    /** Place of the layer's weight in the layout. */
    int weight(Layout layout) {
      return layout.layer(layer) + layout.offset(slot);
    }
  }

  static Adapter of(AdapterConfig config, List<Part> parts, Decoder decoder) {
    int[] slots = new int[LINEAR.size() * decoder.config().layers()];
    Arrays.fill(slots, -1);
    float[] scales = new float[slots.length];
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int place = LINEAR.size() * part.layer() + LINEAR.indexOf(part.slot());
      slots[place] = decoder.weights().size() + 2 * i;
      scales[place] = (float) config.scaling(part.module());
    }
    return new Adapter(config, List.copyOf(parts), slots, scales);
  }

  /** A and B of each part in turn. */
  NDList tensors() {
    NDList tensors = new NDList();
    for (Part part : parts) {
      tensors.add(part.a());
      tensors.add(part.b());
    }
    return tensors;
  }

  @Override
  public void close() {
    tensors().close();
  }
}
