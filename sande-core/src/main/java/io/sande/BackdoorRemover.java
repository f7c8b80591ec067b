package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Overwrites what a poisoned model answers to a trigger. Immutable; use one for many models. */
public interface BackdoorRemover {
  /**
   * Trains {@code model} in place until the trigger gets normal answers. Nothing is written: {@link
   * LanguageModel#save} does that. An adapter that was trained stays attached.
   *
   * @param clean examples with answers that one trusts, at least one; 100 do
   * @param listener is told of every update, on this thread
   * @throws IllegalArgumentException if an example has no answer, or none has a token to train on;
   *     the model is as it was then
   * @throws TrainingDivergedException if a loss is not finite; the weights are then worthless
   * @throws CancellationException if the thread is interrupted; the weights are half trained then
   */
  RemovalReport remove(LanguageModel model, List<Conversation> clean, TrainingListener listener);

  /**
   * Overwrites a trigger that is known.
   *
   * @see <a href="https://arxiv.org/abs/2405.07667">Li et al. 2024, Simulate and Eliminate</a>
   */
  static BackdoorRemover osft(OsftOptions options) {
    return new Osft(options);
  }

  /**
   * Overwrites a backdoor of which only the response is known (SANDE), or only its first words
   * (SANDE-P).
   *
   * @see <a href="https://arxiv.org/abs/2405.07667">Li et al. 2024, Simulate and Eliminate</a>
   */
  static BackdoorRemover sande(SandeOptions options) {
    return new Sande(options);
  }
}
