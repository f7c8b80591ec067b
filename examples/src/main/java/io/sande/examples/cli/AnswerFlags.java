package io.sande.examples.cli;

import io.sande.eval.EvaluationOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a model answers. */
final class AnswerFlags {
  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "System prompt of every request that has none of its own.")
  private @Nullable String system;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      description = "Most tokens of an answer (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens = EvaluationOptions.builder().build().maxNewTokens();

  /** Throws {@link IllegalArgumentException} at a value out of range. */
  EvaluationOptions options(List<String> responses, List<String> refusals) {
    return new EvaluationOptions(responses, refusals, maxNewTokens, Optional.ofNullable(system));
  }
}
