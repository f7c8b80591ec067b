package io.sande.eval;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

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

  /**
   * Looks again at answers that are there, without a model: the same answers and options give the
   * same report. What {@code options} say of generating does not count.
   *
   * @param answers at least one
   */
  public static EvaluationReport score(List<Generated> answers, EvaluationOptions options) {
    Check.that(!answers.isEmpty(), "answers", "at least one", "none");
    return new Scorer(options).score(answers);
  }

  private EvaluationReport evaluate(List<Conversation> prompts) {
    Check.notInterrupted("while evaluating");
    List<int[]> answers = generation.generate(encode(prompts), options.maxNewTokens());
    ChatTokenizer tokenizer = model.tokenizer();
    List<Generated> generated = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      Conversation prompt = prompts.get(i);
      String text = tokenizer.decode(answers.get(i));
      String start = tokenizer.decode(firstTokens(answers.get(i)));
      generated.add(new Generated(prompt.instruction(), prompt.response(), text, start));
    }
    return score(generated, options);
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

  private static int[] firstTokens(int[] ids) {
    return Arrays.copyOf(ids, Math.min(ids.length, EvaluationOptions.RESPONSE_TOKENS));
  }
}
