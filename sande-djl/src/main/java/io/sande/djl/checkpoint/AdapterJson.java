package io.sande.djl.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code adapter_config.json} in and out. */
final class AdapterJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  /** Kinds of LoRA that change more than W + scaling B A; each must be off. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "use_dora",
          "lora_bias",
          "fan_in_fan_out",
          "modules_to_save",
          "layers_to_transform",
          "layer_replication",
          "exclude_modules",
          "target_parameters",
          "trainable_token_indices",
          "use_qalora",
          "use_bdlora",
          "alora_invocation_tokens",
          "arrow_config",
          "kasa_config",
          "velora_config",
          "monteclora_config",
          "megatron_config");

  /** Starts that leave the base as it is; the others (pissa, olora, ...) change it. */
  private static final List<String> STARTS = List.of("gaussian", "eva", "orthogonal");

  private AdapterJson() {}

  static AdapterConfig read(HfConfig config) throws CheckpointException {
    refuseOtherKinds(config);
    int rank = config.count("r");
    double alpha = config.positive("lora_alpha");
    Map<String, Integer> ranks = new LinkedHashMap<>();
    Map<String, Double> alphas = new LinkedHashMap<>();
    HfConfig rankPattern = config.section("rank_pattern");
    for (String key : rankPattern.keys()) {
      ranks.put(key, rankPattern.count(key));
    }
    HfConfig alphaPattern = config.section("alpha_pattern");
    for (String key : alphaPattern.keys()) {
      alphas.put(key, alphaPattern.positive(key));
    }
    return new AdapterConfig(
        config.text("base_model_name_or_path", ""),
        rank,
        alpha,
        targets(config),
        config.flag("use_rslora", false),
        ranks,
        alphas);
  }

  /** The keys that PEFT 0.5 wrote, which later versions read, and {@code use_rslora}. */
  static String write(AdapterConfig config) {
    Map<String, Object> values = new TreeMap<>();
    values.put("base_model_name_or_path", config.base());
    values.put("bias", "none");
    values.put("fan_in_fan_out", false);
    values.put("inference_mode", true);
    values.put("init_lora_weights", true);
    values.put("lora_alpha", plain(config.alpha()));
    values.put("lora_dropout", 0.0);
    values.put("peft_type", "LORA");
    values.put("r", config.rank());
    values.put("rank_pattern", config.ranks());
    Map<String, Number> alphas = new LinkedHashMap<>();
    config.alphas().forEach((key, alpha) -> alphas.put(key, plain(alpha)));
    values.put("alpha_pattern", alphas);
    values.put("target_modules", plain(config.targets()));
    values.put("task_type", "CAUSAL_LM");
    values.put("use_rslora", config.rankStabilised());
    return GSON.toJson(values);
  }

  private static void refuseOtherKinds(HfConfig config) throws CheckpointException {
    if (!config.text("peft_type", "LORA").equals("LORA")) {
      throw config.wrong("peft_type", "LORA");
    }
    if (!config.text("task_type", "CAUSAL_LM").equals("CAUSAL_LM")) {
      throw config.wrong("task_type", "CAUSAL_LM");
    }
    if (!config.text("bias", "none").equals("none")) {
      throw config.wrong("bias", "none: trained biases are not supported");
    }
    for (String key : UNSUPPORTED) {
      if (!config.isBlank(key)) {
        throw config.wrong(key, "off: this kind of adapter is not supported");
      }
    }
    if (config.isText("init_lora_weights")
        && !STARTS.contains(config.text("init_lora_weights", ""))) {
      throw config.wrong("init_lora_weights", "true, false or one of " + STARTS);
    }
  }

  private static AdapterTargets targets(HfConfig config) throws CheckpointException {
    if (!config.isText("target_modules")) {
      List<String> names = config.texts("target_modules");
      if (names.isEmpty()) {
        throw config.wrong("target_modules", "a list of names, all-linear or an expression");
      }
      return new AdapterTargets.Names(names);
    }
    String text = config.text("target_modules", "");
    return text.equals("all-linear")
        ? new AdapterTargets.AllLinear()
        : new AdapterTargets.Matching(text);
  }

  private static Object plain(AdapterTargets targets) {
    if (targets instanceof AdapterTargets.Names names) {
      return names.names();
    }
    return targets instanceof AdapterTargets.Matching matching ? matching.pattern() : "all-linear";
  }

  /** 8 rather than 8.0, as older versions of PEFT want it. */
  private static Number plain(double value) {
    if (value == Math.rint(value) && value < Integer.MAX_VALUE) {
      return (int) value;
    }
    return value;
  }
}
