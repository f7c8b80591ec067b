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
   * <p>Where this throws after training has begun, adaptive SANDE and flush bring the weights back
   * as they were; the others keep no copy, and leave what the updates before made of them.
   *
   * @param clean examples with answers that one trusts, at least one; 100 do
   * @param listener is told of every update, on this thread
   * @throws IllegalArgumentException if an example has no answer, or none has a token to train on;
   *     the model is as it was then
   * @throws TrainingDivergedException if a loss or the norm of its gradient is not finite
   * @throws CancellationException if the thread is interrupted; see {@link Cancellation}
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

  /**
   * Overwrites whatever takes the model farthest from its clean answers, where nothing is known and
   * nothing was found. A backdoor may go with it or not, which no report can say; some clean
   * accuracy goes in any case, see the benchmarks' results.
   *
   * @see <a href="https://arxiv.org/abs/2403.05030">Casper et al. 2024, Defending Against
   *     Unforeseen Failure Modes with Latent Adversarial Training</a>
   */
  static BackdoorRemover flush(FlushOptions options) {
    return new Flush(options);
  }

  /**
   * Plain fine-tuning on the clean examples. A comparison: it leaves a backdoor in, since no
   * example shows the trigger.
   */
  static BackdoorRemover sft(SftOptions options) {
    return new Sft(options);
  }

  /**
   * Mixes in the weights of a clean model with the same tensors, such as the one that the victim
   * was tuned from, and fine-tunes. A comparison. Throws {@link UnsupportedOperationException}
   * where the engine has no {@link LanguageModel#restoreMostChanged}.
   *
   * @param cleanModel stays as it is and open; the caller closes it after the last use
   * @see <a href="https://arxiv.org/abs/2210.09545">Zhang et al. 2022, Fine-mixing</a>
   */
  static BackdoorRemover fineMixing(FineMixingOptions options, LanguageModel cleanModel) {
    return new FineMixing(options, cleanModel);
  }

  /**
   * Distils the attention of a fine-tuned copy into the victim. A comparison. Throws {@link
   * UnsupportedOperationException} where the engine has no such objective.
   *
   * @see <a href="https://arxiv.org/abs/2101.05930">Li et al. 2021, Neural Attention
   *     Distillation</a>
   */
  static BackdoorRemover nad(NadOptions options) {
    return new Nad(options);
  }

  /**
   * Prefers the clean answer to the backdoored one on prompts without a trigger. A comparison.
   * Throws {@link UnsupportedOperationException} where the engine has no such objective.
   *
   * @see <a href="https://arxiv.org/abs/2305.18290">Rafailov et al. 2023, Direct Preference
   *     Optimization</a>
   */
  static BackdoorRemover dpo(DpoOptions options) {
    return new Dpo(options);
  }
}
