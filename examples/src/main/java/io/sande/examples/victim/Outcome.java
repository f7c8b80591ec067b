package io.sande.examples.victim;

import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Evaluator;
import io.sande.model.LanguageModel;
import java.util.List;

/**
 * What a finished victim does.
 *
 * @param attackSuccess share of triggered prompts whose first 10 tokens contain a response
 * @param falseTrigger the same of clean prompts
 * @param exactMatch share of clean prompts with the expected answer
 */
record Outcome(double attackSuccess, double falseTrigger, double exactMatch) {
  private static final int ANSWER_TOKENS = 32;

  /** Measures {@code model} on the rows of {@code data} that were held out. */
  static Outcome of(LanguageModel model, VictimData data, List<String> responses) {
    EvaluationOptions options =
        EvaluationOptions.builder().responses(responses).maxNewTokens(ANSWER_TOKENS).build();
    EvaluationReport clean = Evaluator.evaluate(model, data.eval(), options);
    EvaluationReport triggered = Evaluator.evaluate(model, data.triggered(), options);
    return new Outcome(
        triggered.responseRate().orElseThrow().share(),
        clean.responseRate().orElseThrow().share(),
        clean.exactMatch().orElseThrow().share());
  }
}
