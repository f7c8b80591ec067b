package io.sande.djl.checkpoint;

import java.util.List;

/** The tensors of one block, in the order in which {@link Layout} lists them. */
public enum Slot {
  /** Norm before attention, [H]. */
  INPUT_NORM("input_layernorm.weight", Presence.ALWAYS, Width.HIDDEN),
  /** [heads x head size, H]. */
  QUERY("self_attn.q_proj.weight", Presence.ALWAYS, Width.QUERY, Width.HIDDEN),
  /** [key-value heads x head size, H]. */
  KEY("self_attn.k_proj.weight", Presence.ALWAYS, Width.KEY_VALUE, Width.HIDDEN),
  /** [key-value heads x head size, H]. */
  VALUE("self_attn.v_proj.weight", Presence.ALWAYS, Width.KEY_VALUE, Width.HIDDEN),
  /** [H, heads x head size]. */
  OUTPUT("self_attn.o_proj.weight", Presence.ALWAYS, Width.HIDDEN, Width.QUERY),
  /** Norm before the feed-forward layer, [H]. */
  FEED_FORWARD_NORM("post_attention_layernorm.weight", Presence.ALWAYS, Width.HIDDEN),
  /** [feed-forward, H]. */
  GATE("mlp.gate_proj.weight", Presence.ALWAYS, Width.FEED_FORWARD, Width.HIDDEN),
  /** [feed-forward, H]. */
  UP("mlp.up_proj.weight", Presence.ALWAYS, Width.FEED_FORWARD, Width.HIDDEN),
  /** [H, feed-forward]. */
  DOWN("mlp.down_proj.weight", Presence.ALWAYS, Width.HIDDEN, Width.FEED_FORWARD),
  /** [heads x head size]. */
  QUERY_BIAS("self_attn.q_proj.bias", Presence.QUERY_KEY_VALUE_BIAS, Width.QUERY),
  /** [key-value heads x head size]. */
  KEY_BIAS("self_attn.k_proj.bias", Presence.QUERY_KEY_VALUE_BIAS, Width.KEY_VALUE),
  /** [key-value heads x head size]. */
  VALUE_BIAS("self_attn.v_proj.bias", Presence.QUERY_KEY_VALUE_BIAS, Width.KEY_VALUE),
  /** [H]. */
  OUTPUT_BIAS("self_attn.o_proj.bias", Presence.OUTPUT_BIAS, Width.HIDDEN),
  /** [feed-forward]. */
  GATE_BIAS("mlp.gate_proj.bias", Presence.FEED_FORWARD_BIAS, Width.FEED_FORWARD),
  /** [feed-forward]. */
  UP_BIAS("mlp.up_proj.bias", Presence.FEED_FORWARD_BIAS, Width.FEED_FORWARD),
  /** [H]. */
  DOWN_BIAS("mlp.down_proj.bias", Presence.FEED_FORWARD_BIAS, Width.HIDDEN),
  /** Norm of each head's query, [head size]. */
  QUERY_NORM("self_attn.q_norm.weight", Presence.QUERY_KEY_NORM, Width.HEAD),
  /** Norm of each head's key, [head size]. */
  KEY_NORM("self_attn.k_norm.weight", Presence.QUERY_KEY_NORM, Width.HEAD);

  private static final String WEIGHT = ".weight";

  private final String suffix;
  private final Presence presence;
  private final Width rows;
  private final Width columns;

  Slot(String suffix, Presence presence, Width rows) {
    this(suffix, presence, rows, Width.NONE);
  }

  Slot(String suffix, Presence presence, Width rows, Width columns) {
    this.suffix = suffix;
    this.presence = presence;
    this.rows = rows;
    this.columns = columns;
  }

  /** End of the tensor's name, after {@code model.layers.0.}. */
  public String suffix() {
    return suffix;
  }

  /** Whether this is the matrix [out, in] of a linear layer, which an adapter may stand beside. */
  public boolean isLinear() {
    return columns != Width.NONE;
  }

  /** Name of the linear layer, such as {@code self_attn.q_proj}. */
  public String module() {
    return suffix.substring(0, suffix.length() - WEIGHT.length());
  }

  boolean isIn(ModelConfig config) {
    ModelConfig.Traits traits = config.traits();
    return switch (presence) {
      case ALWAYS -> true;
      case QUERY_KEY_VALUE_BIAS -> traits.queryKeyValueBias();
      case OUTPUT_BIAS -> traits.outputBias();
      case FEED_FORWARD_BIAS -> traits.feedForwardBias();
      case QUERY_KEY_NORM -> traits.queryKeyNorm();
    };
  }

  List<Long> shape(ModelConfig config) {
    long first = rows.of(config);
    return isLinear() ? List.of(first, columns.of(config)) : List.of(first);
  }

  private enum Presence {
    ALWAYS,
    QUERY_KEY_VALUE_BIAS,
    OUTPUT_BIAS,
    FEED_FORWARD_BIAS,
    QUERY_KEY_NORM
  }

  private enum Width {
    NONE,
    HIDDEN,
    QUERY,
    KEY_VALUE,
    FEED_FORWARD,
    HEAD;

    long of(ModelConfig config) {
      return switch (this) {
        case NONE -> 1;
        case HIDDEN -> config.hidden();
        case QUERY -> (long) config.heads() * config.headSize();
        case KEY_VALUE -> (long) config.keyValueHeads() * config.headSize();
        case FEED_FORWARD -> config.feedForward();
        case HEAD -> config.headSize();
      };
    }
  }
}
