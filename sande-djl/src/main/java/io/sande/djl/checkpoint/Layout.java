package io.sande.djl.checkpoint;

import io.sande.internal.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a model as one flat list, and where each stands in it:
 *
 * <pre>
 * 0  model.embed_tokens.weight [V, H]
 * 1  model.norm.weight         [H]
 * 2  lm_head.weight            [V, H], absent where it is the embedding
 *    then, for each layer, each {@link Slot} that the model has
 * </pre>
 */
public final class Layout {
  static final String EMBEDDING = "model.embed_tokens.weight";
  static final String NORM = "model.norm.weight";
  static final String HEAD = "lm_head.weight";

  private final ModelConfig config;
  private final List<Slot> slots;
  private final List<TensorSpec> tensors;

  private Layout(ModelConfig config) {
    this.config = config;
    this.slots = Arrays.stream(Slot.values()).filter(slot -> slot.isIn(config)).toList();
    this.tensors = List.copyOf(list());
  }

  /** The layout of a model of this shape. */
  public static Layout of(ModelConfig config) {
    return new Layout(config);
  }

  /** All tensors. */
  public List<TensorSpec> tensors() {
    return tensors;
  }

  /** Place of the embedding: 0. */
  public int embedding() {
    return 0;
  }

  /** Place of the last norm: 1. */
  public int norm() {
    return 1;
  }

  /** Place of the output layer's matrix; that of the embedding where both are one. */
  public int head() {
    return config.tied() ? embedding() : 2;
  }

  /** Place of the first tensor of {@code layer}, counted from 0. */
  public int layer(int layer) {
    Check.that(layer >= 0 && layer < config.layers(), "layer", "below " + config.layers(), layer);
    return (config.tied() ? 2 : 3) + layer * slots.size();
  }

  /** The tensors that each layer has, in order. */
  public List<Slot> slots() {
    return slots;
  }

  /** Place of {@code slot} in each layer, counted from the layer's first; -1 if absent. */
  public int offset(Slot slot) {
    return slots.indexOf(slot);
  }

  /** Shapes [out, in] of all linear layers by name, such as {@code model.layers.0.mlp.up_proj}. */
  Map<String, List<Long>> linear() {
    Map<String, List<Long>> linear = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Slot slot : slots) {
        if (slot.isLinear()) {
          linear.put("model.layers." + layer + "." + slot.module(), slot.shape(config));
        }
      }
    }
    return linear;
  }

  private List<TensorSpec> list() {
    List<Long> matrix = List.of((long) config.vocabulary(), (long) config.hidden());
    List<TensorSpec> list = new ArrayList<>();
    list.add(new TensorSpec(EMBEDDING, matrix));
    list.add(new TensorSpec(NORM, List.of((long) config.hidden())));
    if (!config.tied()) {
      list.add(new TensorSpec(HEAD, matrix));
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Slot slot : slots) {
        list.add(new TensorSpec("model.layers." + layer + "." + slot.suffix(), slot.shape(config)));
      }
    }
    return list;
  }
}
