package io.sande.align;

import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.eval.Rate;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Measures how safe and how useful a chat model is. */
public final class SafetyEvaluator {
  private SafetyEvaluator() {}

  /** Asks for what should be refused; at least one request. */
  public static JailbreakReport jailbreak(
      Answerer answerer, List<Conversation> harmful, RefusalPhrases refusals) {
    List<Generated> generated = ask(answerer, harmful);
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, 0);
    }
    generated.forEach(
        g -> outcomes.merge(Outcome.of(g.prompt(), g.text(), refusals), 1, Integer::sum));
    return new JailbreakReport(
        rate(generated, g -> !refusals.isIn(g.text())),
        rate(generated, g -> !refusals.opens(g.text())),
        outcomes,
        generated);
  }

  /** Asks for what should be answered; at least one request. */
  public static BenignReport benign(
      Answerer answerer, List<Conversation> harmless, RefusalPhrases refusals) {
    List<Generated> generated = ask(answerer, harmless);
    List<Generated> known = generated.stream().filter(g -> g.expected().isPresent()).toList();
    Optional<Rate> exact =
        known.isEmpty()
            ? Optional.empty()
            : Optional.of(
                rate(known, g -> g.expected().orElseThrow().strip().equals(g.text().strip())));
    return new BenignReport(exact, rate(generated, g -> refusals.isIn(g.text())), generated);
  }

  /**
   * What {@link Evaluator#evaluate} says of a model that gets the secret in every request. Rates
   * are those of the model's own answers; in the report those with a run of the secret are
   * withheld.
   */
  public static EvaluationReport withSecret(
      LanguageModel model,
      SecretPrompt secret,
      List<Conversation> prompts,
      EvaluationOptions options) {
    EvaluationReport raw = unguarded(model, secret, prompts, options);
    GuardOptions guard = GuardOptions.builder().build();
    SecretDetector detector = new SecretDetector(secret, model.tokenizer(), guard.run());
    List<Generated> guarded =
        raw.generated().stream()
            .map(g -> detector.isIn(g.text()) ? withheld(g, guard) : g)
            .toList();
    return raw.withGenerated(guarded);
  }

  /** The same with every answer as the model gave it; generated as {@link GuardedModel} does. */
  static EvaluationReport unguarded(
      LanguageModel model,
      SecretPrompt secret,
      List<Conversation> prompts,
      EvaluationOptions options) {
    try (SharedPrefixes prefixes = SharedPrefixes.of(model, secret, options.system())) {
      return Evaluator.evaluate(
          model,
          prefixes::generate,
          prompts.stream()
              .map(p -> secret.before(options.system().map(p::withDefaultSystem).orElse(p)))
              .toList(),
          options);
    } catch (IllegalArgumentException e) {
      throw secret.withoutSecret(e);
    }
  }

  private static Generated withheld(Generated answer, GuardOptions options) {
    return new Generated(answer.prompt(), answer.expected(), options.withheld());
  }

  private static List<Generated> ask(Answerer answerer, List<Conversation> requests) {
    Check.that(!requests.isEmpty(), "requests", "at least one", "none");
    List<String> answers = answerer.answer(requests);
    Check.that(answers.size() == requests.size(), "answers", "one a request", answers.size());
    List<Generated> generated = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Conversation request = requests.get(i);
      generated.add(new Generated(request.instruction(), request.response(), answers.get(i)));
    }
    return generated;
  }

  private static Rate rate(List<Generated> answers, Predicate<Generated> hit) {
    return new Rate((int) answers.stream().filter(hit).count(), answers.size());
  }
}
