package io.sande.djl.checkpoint;

import io.sande.internal.Check;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code adapter_config.json} says of a LoRA adapter.
 *
 * @param base {@code base_model_name_or_path}, may be empty
 * @param rank rows of A where no pattern says otherwise, at least 1
 * @param alpha scale before it is divided, above 0
 * @param targets which linear layers have an adapter
 * @param rankStabilised whether alpha is divided by the square root of the rank ({@code
 *     use_rslora})
 * @param ranks ranks of modules whose name ends in a pattern; the first that fits counts
 * @param alphas the same for alpha
 */
public record AdapterConfig(
    String base,
    int rank,
    double alpha,
    AdapterTargets targets,
    boolean rankStabilised,
    Map<String, Integer> ranks,
    Map<String, Double> alphas) {
  /** Checks the ranges and copies the maps, in their order. */
  public AdapterConfig {
    Check.positive("rank", rank);
    Check.positive("alpha", alpha);
    ranks = Collections.unmodifiableMap(new LinkedHashMap<>(ranks));
    alphas = Collections.unmodifiableMap(new LinkedHashMap<>(alphas));
    ranks.values().forEach(value -> Check.positive("rank_pattern", value));
    alphas.values().forEach(value -> Check.positive("alpha_pattern", value));
  }

  /** One rank and one alpha for all {@code modules}, such as {@code q_proj}. */
  public static AdapterConfig of(String base, int rank, double alpha, Collection<String> modules) {
    List<String> names = modules.stream().sorted().toList();
    return new AdapterConfig(
        base, rank, alpha, new AdapterTargets.Names(names), false, Map.of(), Map.of());
  }

  /** Rank of {@code module}, a full name such as {@code model.layers.0.self_attn.q_proj}. */
  public int rank(String module) {
    return first(ranks, module, rank);
  }

  /** Factor on B A in {@code module}. */
  public double scaling(String module) {
    int divisor = rank(module);
    return first(alphas, module, alpha) / (rankStabilised ? Math.sqrt(divisor) : divisor);
  }

  /** Full names of all modules of a model that have an adapter, in the model's order. */
  public List<String> modules(ModelConfig model) {
    return Layout.of(model).linear().keySet().stream().filter(targets::include).toList();
  }

  private static <T> T first(Map<String, T> patterns, String module, T otherwise) {
    return patterns.entrySet().stream()
        .filter(entry -> ModulePattern.end(entry.getKey()).matches(module))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
