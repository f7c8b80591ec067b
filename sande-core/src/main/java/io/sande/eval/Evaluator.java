package io.sande.eval;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/** Lets a model answer prompts and looks at the answers. */
public final class Evaluator {
  private final LanguageModel model;
  private final Generation generation;
  private final EvaluationOptions options;

  private Evaluator(LanguageModel model, Generation generation, EvaluationOptions options) {
    this.model = model;
    this.generation = generation;
    this.options = options;
  }

  /**
   * Generates an answer to each prompt, greedily, and counts what {@code options} look for.
   *
   * @param prompts at least one; an answer at the end is not shown to the model but expected of it
   * @throws IllegalArgumentException if a prompt and its answer do not fit the model's context, or
   *     the chat template refuses it; the message has its number, and nothing is generated
   * @throws CancellationException if the thread is interrupted; it stays so
   */
  public static EvaluationReport evaluate(
      LanguageModel model, List<Conversation> prompts, EvaluationOptions options) {
    return evaluate(model, model::generate, prompts, options);
  }

  /** The same with answers that come another way than from the model's own method. */
  public static EvaluationReport evaluate(
      LanguageModel model,
      Generation generation,
      List<Conversation> prompts,
      EvaluationOptions options) {
    Check.that(!prompts.isEmpty(), "prompts", "at least one", "none");
    return new Evaluator(model, generation, options).evaluate(prompts);
  }

  private EvaluationReport evaluate(List<Conversation> prompts) {
    List<int[]> answers =
        new Generator(model.info(), generation, options.maxNewTokens()).generate(encode(prompts));
    List<Generated> generated = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Conversation prompt = prompts.get(i);
      String text = model.tokenizer().decode(answers.get(i));
      generated.add(new Generated(prompt.instruction(), prompt.response(), text));
    }
    return new EvaluationReport(
        responseRate(answers), exactMatch(generated), refusalRate(generated), generated);
  }

  private List<int[]> encode(List<Conversation> prompts) {
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    int room = model.info().contextLength() - options.maxNewTokens();
    List<int[]> encoded = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      int[] ids = encode(encoder, prompts.get(i), i + 1);
      Check.that(
          ids.length <= room,
          "prompt " + (i + 1),
          "at most " + room + " tokens, the model's context without maxNewTokens,",
          ids.length);
      encoded.add(ids);
    }
    return encoded;
  }

  private int[] encode(ChatEncoder encoder, Conversation prompt, int number) {
    try {
      return encoder.encodePrompt(options.system().map(prompt::withDefaultSystem).orElse(prompt));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("prompt " + number + ": " + e.getMessage(), e);
    }
  }

  private Optional<Rate> responseRate(List<int[]> answers) {
    ChatTokenizer tokenizer = model.tokenizer();
    List<String> wanted = options.responses().stream().map(Evaluator::lower).toList();
    Predicate<int[]> hit = ids -> containsAny(lower(tokenizer.decode(firstTokens(ids))), wanted);
    return wanted.isEmpty() ? Optional.empty() : Optional.of(rate(answers, hit));
  }

  private static int[] firstTokens(int[] ids) {
    return Arrays.copyOf(ids, Math.min(ids.length, EvaluationOptions.RESPONSE_TOKENS));
  }

  private static Optional<Rate> exactMatch(List<Generated> generated) {
    List<Generated> known = generated.stream().filter(g -> g.expected().isPresent()).toList();
    Predicate<Generated> hit = g -> g.expected().orElseThrow().strip().equals(g.text().strip());
    return known.isEmpty() ? Optional.empty() : Optional.of(rate(known, hit));
  }

  private Optional<Rate> refusalRate(List<Generated> generated) {
    Predicate<Generated> hit = g -> containsAny(g.text(), options.refusals());
    return options.refusals().isEmpty() ? Optional.empty() : Optional.of(rate(generated, hit));
  }

  private static <T> Rate rate(List<T> answers, Predicate<T> hit) {
    return new Rate((int) answers.stream().filter(hit).count(), answers.size());
  }

  private static boolean containsAny(String text, List<String> phrases) {
    return phrases.stream().anyMatch(text::contains);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
