package io.sande.djl.checkpoint;

import java.util.List;

/**
 * Reads rotary positions in both spellings: {@code rope_parameters} with everything inside
 * (transformers 5), or {@code rope_theta} beside {@code rope_scaling} (transformers 4).
 */
final class RopeConfig {
  private static final double THETA = 10_000;
  private static final List<String> KNOWN =
      List.of("default", "linear", "dynamic", "llama3", "yarn");

  private final HfConfig section;
  private final double theta;
  private final int contextLength;

  private RopeConfig(HfConfig section, double theta, int contextLength) {
    this.section = section;
    this.theta = theta;
    this.contextLength = contextLength;
  }

  static Rope read(HfConfig config, int contextLength, int headSize) throws CheckpointException {
    HfConfig section =
        config.section(config.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
    HfConfig holder = section.has("rope_theta") ? section : config;
    double theta = holder.positive("rope_theta", THETA);
    if (theta <= 1) {
      throw holder.wrong("rope_theta", "above 1");
    }
    for (HfConfig place : List.of(config, section)) {
      if (place.positive("partial_rotary_factor", 1) != 1) {
        throw place.wrong("partial_rotary_factor", "1: turning a part of a head is not supported");
      }
    }
    Rope rope = new RopeConfig(section, theta, contextLength).rope();
    if (rope instanceof Rope.Dynamic && headSize < 4) {
      throw config.error("dynamic rope needs a head_dim of at least 4 but it is " + headSize);
    }
    return rope;
  }

  private Rope rope() throws CheckpointException {
    String key = section.has("rope_type") ? "rope_type" : "type";
    return switch (section.text(key, plain())) {
      case "default" -> new Rope.Default(theta);
      case "linear" -> new Rope.Linear(theta, section.positive("factor"));
      case "dynamic" -> new Rope.Dynamic(theta, section.positive("factor"), contextLength);
      case "llama3" -> llama3();
      case "yarn" -> yarn();
      default -> throw section.wrong(key, "one of " + KNOWN);
    };
  }

  /** Refuses a section for each kind of layer, as Gemma 3 has them. */
  private String plain() throws CheckpointException {
    for (String kind : List.of("full_attention", "sliding_attention")) {
      if (section.has(kind)) {
        throw section.wrong(kind, "absent: one rope for all layers is supported");
      }
    }
    return "default";
  }

  private Rope llama3() throws CheckpointException {
    double low = section.positive("low_freq_factor");
    double high = section.positive("high_freq_factor");
    if (high <= low) {
      throw section.wrong("high_freq_factor", "above low_freq_factor " + low);
    }
    return new Rope.Llama3(theta, section.positive("factor"), low, high, originalPositions());
  }

  private Rope yarn() throws CheckpointException {
    if (!section.flag("truncate", true)) {
      throw section.wrong("truncate", "true");
    }
    double factor = section.positive("factor", (double) contextLength / originalPositions());
    return new Rope.Yarn(
        theta,
        factor,
        section.positive("beta_fast", 32),
        section.positive("beta_slow", 1),
        section.positive("attention_factor", attentionFactor(factor)),
        originalPositions());
  }

  /** Section 3.4 of the YaRN paper, with the weights that DeepSeek added. */
  private double attentionFactor(double factor) throws CheckpointException {
    boolean weighted = !isZero("mscale") && !isZero("mscale_all_dim");
    return weighted
        ? scale(factor, section.positive("mscale"))
            / scale(factor, section.positive("mscale_all_dim"))
        : scale(factor, 1);
  }

  /** Whether {@code key} is absent or 0, which mean the same in transformers. */
  private boolean isZero(String key) {
    return section.isBlank(key) || section.isZero(key);
  }

  private static double scale(double factor, double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  private int originalPositions() throws CheckpointException {
    return section.count("original_max_position_embeddings", contextLength);
  }
}
