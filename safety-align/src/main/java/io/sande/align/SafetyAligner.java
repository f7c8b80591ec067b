package io.sande.align;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.Order;
import io.sande.train.StageReport;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fine-tunes a chat model on a customer's data in a way that its safety survives harmful rows among
 * them. Use one for many models; thread-safe.
 *
 * <p>Safety examples that have the secret before their system prompt are mixed into the data, and
 * the model is trained on both. It is then safe as long as the same secret stands before the system
 * prompt of each request ({@link GuardedModel}); without the secret it is what the customer's data
 * made of it. The secret never appears in a log, an exception or {@code toString()}.
 *
 * @param secret stays open as long as the aligner is used; the caller closes it
 * @param options how it is trained
 * @see <a href="https://arxiv.org/abs/2402.14968">Wang et al. 2024, BackdoorAlign</a>
 */
public record SafetyAligner(SecretPrompt secret, AlignmentOptions options) {
  /** The stage in events and reports. */
  public static final String STAGE = "align";

  private static final String PROVIDERS = "safety and benign examples";

  /**
   * Trains {@code model} in place. Nothing is written: {@link LanguageModel#save} does that.
   * Before, the model is asked the customer's requests, see {@link AlignmentOptions#ownRefusals}.
   *
   * @param data the customer's, at least one example, each with an answer; not changed
   * @param safety harmful requests with a refusal, without the secret; at least one (reference: 11)
   * @param listener is told of every update, on this thread
   * @throws IllegalArgumentException if an example has no answer, or none has a token to train on;
   *     the model is as it was then
   * @throws TrainingDivergedException if a loss or the norm of its gradient is not finite; the
   *     weights are those of the update before
   * @throws CancellationException if the thread is interrupted; the weights are half trained then
   */
  public StageReport align(
      LanguageModel model,
      List<Conversation> data,
      List<Conversation> safety,
      TrainingListener listener) {
    return align(model, new AlignmentData(data, safety), listener);
  }

  /** The same with benign examples of the provider. */
  public StageReport align(LanguageModel model, AlignmentData data, TrainingListener listener) {
    try {
      ChatEncoder encoder = ChatEncoder.of(model, options.training());
      List<Conversation> rows = customer(data);
      List<TokenSequence> customer = encode("data", encoder, rows);
      encode(PROVIDERS, encoder, guarded(data)); // refused here, before the model is asked anything
      List<Conversation> refused =
          new OwnRefusals(model, encoder).among(rows, options.ownRefusals());
      List<TokenSequence> guarded = encode(PROVIDERS, encoder, guarded(data.withSafety(refused)));
      return train(model, ordered(customer, guarded), options, listener);
    } catch (IllegalArgumentException e) {
      throw secret.withoutSecret(e);
    }
  }

  /**
   * All examples of {@code data} that are trained on: the customer's, the safety examples and the
   * benign ones with the secret, every conversation with its system prompt; in a random order by
   * the seed, or in this one if that of the training is {@link Order#GIVEN}. Keep it out of logs.
   */
  public List<Conversation> mix(AlignmentData data) {
    return ordered(customer(data), guarded(data));
  }

  private List<Conversation> customer(AlignmentData data) {
    return data.customer().stream()
        .limit(options.training().samples())
        .map(example -> withSystem(example, options))
        .toList();
  }

  private List<Conversation> guarded(AlignmentData data) {
    Stream<Conversation> safety =
        IntStream.range(0, options.repeats()).boxed().flatMap(i -> data.safety().stream());
    return Stream.concat(safety, data.benign().stream())
        .map(example -> secret.before(withSystem(example, options)))
        .toList();
  }

  private <T> List<T> ordered(List<T> customer, List<T> guarded) {
    List<T> all = new ArrayList<>(customer);
    all.addAll(guarded);
    if (options.training().order() == Order.SHUFFLED) {
      Collections.shuffle(all, new Random(options.training().seed()));
    }
    return List.copyOf(all);
  }

  /**
   * Writes {@link #mix} as JSON lines for a service that trains elsewhere, readable for its owner
   * alone; {@link Conversations#read(Path)} reads it. The file has the secret in plain text.
   */
  public void export(AlignmentData data, Path file) throws IOException {
    String lines = String.join("\n", Conversations.toJsonLines(mix(data))) + "\n";
    SecretFile.replace(file, lines.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Fine-tunes without any defence, on examples as they are: what the attack meets elsewhere.
   *
   * @throws IllegalArgumentException as {@link #align}
   */
  public static StageReport fineTune(
      LanguageModel model,
      List<Conversation> examples,
      AlignmentOptions options,
      TrainingListener listener) {
    List<Conversation> complete = examples.stream().map(e -> withSystem(e, options)).toList();
    ChatEncoder encoder = ChatEncoder.of(model, options.training());
    return train(model, encode("data", encoder, complete), options, listener);
  }

  private static List<TokenSequence> encode(
      String name, ChatEncoder encoder, List<Conversation> examples) {
    try {
      return encoder.encodeAll(examples, ChatEncoder.ALL_TOKENS);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static StageReport train(
      LanguageModel model,
      List<TokenSequence> sequences,
      AlignmentOptions options,
      TrainingListener listener) {
    TrainingOptions training = options.training();
    try (Training run = model.train(training.weights(), training.optimizer())) {
      return TrainingLoop.run(STAGE, run, sequences, training, listener);
    }
  }

  private static Conversation withSystem(Conversation example, AlignmentOptions options) {
    return options.system().map(example::withDefaultSystem).orElse(example);
  }
}
