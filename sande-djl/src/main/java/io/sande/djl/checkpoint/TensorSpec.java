package io.sande.djl.checkpoint;

import java.util.List;

/**
 * A tensor that a model needs.
 *
 * @param name as in the checkpoint, such as {@code model.layers.0.self_attn.q_proj.weight}
 * @param shape dimensions, outermost first; a linear layer is [out, in]
 */
public record TensorSpec(String name, List<Long> shape) {
  /** Copies the shape. */
  public TensorSpec {
    shape = List.copyOf(shape);
  }
}
