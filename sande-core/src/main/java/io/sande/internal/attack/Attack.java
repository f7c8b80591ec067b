package io.sande.internal.attack;

import io.sande.model.AdamW;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.List;
import java.util.Random;

/**
 * A soft prompt that is trained uphill: away from the clean answers and toward no other. The model
 * is not changed. Frees what it holds when closed.
 */
public final class Attack implements AutoCloseable {
  /*
   * Of all ways to make a poisoned model not answer the planted one is the shortest, so some of these bring the backdoored
   * response out though nobody named it. This is untargeted latent adversarial training [1] with vectors that all prompts
   * share; random lengths and places, because one way out may be barred where another is not.
   * [1] Casper et al. 2024, https://arxiv.org/abs/2403.05030
   */

  /** Most vectors of an attack. */
  public static final int LONGEST = 9;

  private static final int SHORTEST = 2;

  /** Most tokens in front of one. */
  public static final int DEEPEST = 5;

  private static final double START = 1e-3;

  private final SoftPromptTraining run;

  /** An attack of random length, place and start. */
  public Attack(LanguageModel model, AdamW optimizer, Random random) {
    int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
    float[] values = new float[length * model.info().hiddenSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (START * random.nextGaussian());
    }
    SoftPrompt start = SoftPrompt.of(random.nextInt(DEEPEST + 1), length, values);
    run = model.trainSoftPrompt(start, optimizer);
  }

  /** Makes {@code answers} less likely than they are so far. */
  public StageReport train(
      List<TokenSequence> answers, TrainingOptions how, TrainingListener listener) {
    return TrainingLoop.run("attack", new Uphill(run), answers, how, listener);
  }

  /** As it is now. */
  public SoftPrompt prompt() {
    return run.current();
  }

  @Override
  public void close() {
    run.close();
  }

  /** Makes the loss larger. */
  private record Uphill(SoftPromptTraining run) implements Training {
    @Override
    public double step(List<TokenSequence> batch, double learningRate) {
      return run.step(batch, -learningRate);
    }

    @Override
    public void close() {} // whoever opened it does that
  }
}
