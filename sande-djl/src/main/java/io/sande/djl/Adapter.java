package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * A LoRA adapter in native memory: float32 matrices A [r, in] and B [out, r] of the layers it changes.
 *
 * @param parts one for each changed linear layer
 * @param slots where A stands in the list of weights and adapter tensors, for each of the 7 linear
 *     layers of each block; -1 where there is none
 * @param scales what B A is multiplied by, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // an identity, never compared
record Adapter(List<Part> parts, int[] slots, float[] scales) implements AutoCloseable {
  /** Linear layers of a block in the kernel's order. */
  static final List<String> LINEAR =
      List.of(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.o_proj",
          "mlp.gate_proj",
          "mlp.up_proj",
          "mlp.down_proj");

  /**
   * One changed layer.
   *
   * @param layer block
   * @param slot place in {@link #LINEAR}
   * @param a [r, in]
   * @param b [out, r]
   * @param scale of B A
   */
  record Part(int layer, int slot, NDArray a, NDArray b, double scale) {
    /** Name of the module, such as {@code model.layers.0.self_attn.q_proj}. */
    String module() {
      return "model.layers." + layer + "." + LINEAR.get(slot);
    }
  }

  /** An adapter of {@code parts} beside {@code weights} tensors of a model with {@code layers} blocks. */
  static Adapter of(List<Part> parts, int weights, int layers) {
    int[] slots = new int[7 * layers];
    java.util.Arrays.fill(slots, -1);
    float[] scales = new float[slots.length];
    for (int i = 0; i < parts.size(); i++) {
      int place = 7 * parts.get(i).layer() + parts.get(i).slot();
      slots[place] = weights + 2 * i;
      scales[place] = (float) parts.get(i).scale();
    }
    return new Adapter(List.copyOf(parts), slots, scales);
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
