package io.sande.align;

import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.model.LanguageModel;
import java.util.List;

/** Something that answers chats: what the evaluations of this package measure. */
@FunctionalInterface
public interface Answerer {
  /** One answer for each request, in their order; a last turn of the assistant is not shown. */
  List<String> answer(List<Conversation> requests);

  /** The model as it is, without a secret and without a guard. */
  static Answerer plain(LanguageModel model, EvaluationOptions options) {
    return requests ->
        Evaluator.evaluate(model, requests, options).generated().stream()
            .map(Generated::text)
            .toList();
  }

  /**
   * The model with the secret in every request, and without the output guard: for measuring, never
   * for serving.
   *
   * @param options of them the number of new tokens and the system prompt count
   */
  static Answerer withSecret(LanguageModel model, SecretPrompt secret, EvaluationOptions options) {
    return requests ->
        SafetyEvaluator.unguarded(model, secret, requests, options).generated().stream()
            .map(Generated::text)
            .toList();
  }
}
