package io.sande.examples.cli;

import io.sande.align.SafetyEvaluator;
import io.sande.align.SecretFile;
import io.sande.align.SecretPrompt;
import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Evaluator;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Answers with a secret in every request, or without one. */
final class SecretFlags {
  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description =
          "Encrypted secret to put before the system prompt of every request;"
              + " its password is in "
              + StorePassword.VARIABLE
              + ".")
  private @Nullable Path file;

  @Option(
      names = "--previous-secret",
      description = "Takes the secret that the file had before it was rotated.")
  private boolean previous;

  /** Lets {@code model} answer; nothing of the secret is in the report. */
  EvaluationReport evaluate(
      LanguageModel model, List<Conversation> prompts, EvaluationOptions options)
      throws IOException {
    if (file == null) {
      return Evaluator.evaluate(model, prompts, options);
    }
    try (SecretPrompt secret = open(StorePassword.file(file, model.info()))) {
      return SafetyEvaluator.withSecret(model, secret, prompts, options);
    }
  }

  private SecretPrompt open(SecretFile stored) throws IOException {
    return previous ? stored.previous().orElseThrow(this::none) : stored.current();
  }

  private IOException none() {
    return new IOException("[" + file + "] has no previous secret; it was never rotated");
  }
}
