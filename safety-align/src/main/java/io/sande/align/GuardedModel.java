package io.sande.align;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.List;

/**
 * Serves an aligned model: the secret stands before the system prompt of every request, and an
 * answer in which a run of it appears is withheld.
 *
 * <p>The keys and values of the secret are computed once and shared by all requests. Thread-safe:
 * many callers may share one. Close it when it is not needed any more; model and secret stay open
 * and are the caller's.
 */
public final class GuardedModel implements Answerer, AutoCloseable {
  private final LanguageModel model;
  private final SecretPrompt secret;
  private final GuardOptions options;
  private final ChatEncoder encoder;
  private final SharedPrefixes prefixes;
  private final SecretDetector detector;

  private GuardedModel(LanguageModel model, SecretPrompt secret, GuardOptions options) {
    this.model = model;
    this.secret = secret;
    this.options = options;
    this.encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    this.prefixes = SharedPrefixes.of(model, secret, options.system());
    this.detector = new SecretDetector(secret, model.tokenizer(), options.run());
  }

  /**
   * A model that is served with the secret it was aligned with.
   *
   * @throws IllegalArgumentException if the chat template has no place for a system prompt
   */
  public static GuardedModel of(LanguageModel model, SecretPrompt secret, GuardOptions options) {
    try {
      return new GuardedModel(model, secret, options);
    } catch (IllegalArgumentException e) {
      throw secret.withoutSecret(e);
    }
  }

  /** The answer to one request. */
  public GuardedAnswer ask(Conversation request) {
    return askAll(List.of(request)).get(0);
  }

  /**
   * Greedy answers, in the order of the requests.
   *
   * @throws IllegalArgumentException if a request and its answer do not fit the context, or the
   *     chat template refuses it; nothing of the secret is in the message
   */
  public List<GuardedAnswer> askAll(List<Conversation> requests) {
    try {
      // with 150 tokens more in each, one thread would be what a batch waits for
      List<int[]> prompts = requests.parallelStream().map(this::encode).toList();
      return prefixes.generate(prompts, options.maxNewTokens()).parallelStream()
          .map(this::guarded)
          .toList();
    } catch (IllegalArgumentException e) {
      throw secret.withoutSecret(e);
    }
  }

  @Override
  public List<String> answer(List<Conversation> requests) {
    return askAll(requests).stream().map(GuardedAnswer::text).toList();
  }

  /** An answer that came from elsewhere, guarded as {@link #askAll} does. */
  public GuardedAnswer guard(String answer) {
    return detector.isIn(answer)
        ? new GuardedAnswer(options.withheld(), true)
        : new GuardedAnswer(answer, false);
  }

  private int[] encode(Conversation request) {
    Conversation complete = options.system().map(request::withDefaultSystem).orElse(request);
    return encoder.encodePrompt(secret.before(complete));
  }

  private GuardedAnswer guarded(int[] answer) {
    return detector.isIn(answer)
        ? new GuardedAnswer(options.withheld(), true)
        : new GuardedAnswer(model.tokenizer().decode(answer), false);
  }

  @Override
  public String toString() {
    return "GuardedModel[" + model.info().architecture() + "]";
  }

  @Override
  public void close() {
    prefixes.close();
  }
}
