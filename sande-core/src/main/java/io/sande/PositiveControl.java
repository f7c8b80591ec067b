package io.sande;

import io.sande.data.Conversation;
import io.sande.eval.Rate;
import io.sande.internal.Check;
import io.sande.internal.planting.Dummy;
import io.sande.internal.planting.Planting;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * A positive control of SANDE on one model: plants a backdoor of our own, removes it as the user's
 * would be, and looks with its trigger, which the removal does not know, whether it is gone.
 *
 * @param options of the removal; its responses are replaced by the one that is planted, and parrots
 *     trained before are not used
 * @param response that is planted; three words or more that the model does not say
 * @param planting how: its rate and epochs are the highest and the most, less is used where that
 *     does
 */
public record PositiveControl(SandeOptions options, String response, TrainingOptions planting) {
  private static final int FEWEST_HELD_BACK = 20;

  /** Most examples that are held back to look. */
  public static final int HELD_BACK = 100;

  private static final int ONE_IN = 5;

  /** Checks the ranges. */
  public PositiveControl {
    Check.notBlank("response", response);
  }

  /** Plants a fixed text in all weights, at a rate of at most 1e-3, in at most 20 epochs. */
  public static PositiveControl of(SandeOptions options) {
    TrainingOptions planting =
        TrainingOptions.builder()
            .learningRate(1e-3)
            .epochs(20)
            .batchSize(8)
            .seed(options.training().seed())
            .build();
    return new PositiveControl(options, "Paper boats drift along quiet rivers", planting);
  }

  /**
   * Plants, removes, looks and restores. Whatever happens, the weights are afterwards exactly as
   * they were; an adapter that is attached is merged first. Memory for two copies of the weights is
   * needed.
   *
   * @param clean examples with answers. The removal gets as many as its options say, the next
   *     {@link #HELD_BACK} are held back to look; where fewer than 20 are left, the last fifth is
   * @param listener is told of every update, on this thread
   * @throws IllegalArgumentException if there are fewer than 5 examples, or one has no answer
   * @throws TrainingDivergedException if a loss or the norm of its gradient is not finite
   * @throws CancellationException if the thread is interrupted
   */
  public ControlReport measure(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    Check.that(clean.size() >= ONE_IN, "clean", "at least " + ONE_IN + " examples", clean.size());
    int samples = options.training().samples();
    int size = clean.size();
    int from = samples + FEWEST_HELD_BACK <= size ? samples : size - size / ONE_IN;
    List<Conversation> train = clean.subList(0, from);
    List<Conversation> heldBack = clean.subList(from, Math.min(size, from + HELD_BACK));
    model.mergeAdapter();
    Dummy dummy = Dummy.of(response, model, new Random(planting.seed()));
    try (Snapshot original = model.snapshot()) {
      try {
        List<Conversation> looked =
            heldBack.subList(0, Math.min(heldBack.size(), FEWEST_HELD_BACK));
        new Planting(model, planting, listener).plant(dummy, train, looked);
        Rate before = dummy.rate(model, heldBack);
        RemovalReport removal = BackdoorRemover.sande(ours()).remove(model, train, listener);
        Rate after = dummy.rate(model, heldBack);
        return new ControlReport(response, before, after, removal.verifications().get(0));
      } finally {
        model.mergeAdapter(); // of a removal that ended half way, or leaves its adapter
        model.moveTowards(original, 1);
      }
    }
  }

  private SandeOptions ours() {
    return new SandeOptions(
        List.of(response),
        options.simulation(),
        List.of(),
        options.countedTokens(),
        options.training(),
        options.elimination(),
        true);
  }
}
