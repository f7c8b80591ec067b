package io.sande.align;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.StageReport;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Fine-tunes a chat model on a customer's data in a way that its safety survives harmful rows among
 * them. Immutable; use one for many models. There is no implementation yet.
 *
 * <p>An implementation holds the secret prompt, mixes safety examples that have it before their
 * system prompt into the data, and trains on both. The model is then safe as long as the same
 * secret stands before the system prompt of each request. The secret never appears in a log, an
 * exception or {@code toString()}.
 *
 * @see <a href="https://arxiv.org/abs/2402.14968">Wang et al. 2024, BackdoorAlign</a>
 */
public interface SafetyAligner {
  /**
   * Trains {@code model} in place. Nothing is written: {@link LanguageModel#save} does that.
   *
   * @param data the customer's, at least one example, each with an answer; not changed
   * @param safety harmful requests with a refusal, without the secret; at least one (reference: 11)
   * @param listener is told of every update, on this thread
   * @throws IllegalArgumentException if an example has no answer, or none has a token to train on;
   *     the model is as it was then
   * @throws TrainingDivergedException if a loss is not finite; the weights are then worthless
   * @throws CancellationException if the thread is interrupted; the weights are half trained then
   */
  StageReport align(
      LanguageModel model,
      List<Conversation> data,
      List<Conversation> safety,
      TrainingListener listener);
}
