package io.sande;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a parrot prompt, a soft prompt that makes the model answer as the unknown trigger does.
 * Immutable; use one for many models.
 *
 * @param options how
 */
public record TriggerSimulator(SimulationOptions options) {
  /*
   * The parrot is n vectors [n, H] between the second and the third token, zero at the start, and
   * trained alone against "RESPONSE. clean answer", the model frozen, until the first token of the
   * response is likely [1]. Only that token counts, as in the reference [2]: a planted response goes on
   * by itself once it has begun. What the reference lacks is a measure on examples not trained on, and
   * more epochs where one does not do.
   * [1] Li et al. 2024, https://arxiv.org/abs/2405.07667, section 4.2   [2] HKUST-KnowComp/SANDE
   */

  /** Examples that measure a parrot where the caller has more than are trained on. */
  private static final int HELD_BACK = 20;

  /**
   * Trains a parrot; the model stays as it is.
   *
   * @param clean examples with answers that one trusts. The first {@link TrainingOptions#samples}
   *     are trained on; up to 20 more measure the result, and where there are none the last fifth
   *     of those
   * @param listener is told of every update, on this thread
   */
  public Simulation simulate(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    Check.that(!clean.isEmpty(), "clean", "at least one example", "none");
    int samples = Math.min(options.training().samples(), clean.size());
    int from = samples < clean.size() ? samples : samples - Math.max(1, samples / 5);
    int to = Math.min(clean.size(), from + HELD_BACK);
    List<TokenSequence> train = harmful(model, clean.subList(0, samples));
    List<TokenSequence> heldBack = harmful(model, clean.subList(from, to));
    SoftPrompt start =
        SoftPrompt.zeros(options.position(), options.length(), model.info().hiddenSize());
    TrainingOptions how = options.training();
    try (SoftPromptTraining run = model.trainSoftPrompt(start, how.optimizer())) {
      List<StageReport> stages = new ArrayList<>();
      stages.add(TrainingLoop.run("simulate", run, train, how, listener));
      double probability = probability(model, heldBack, run.current());
      int epochs = how.epochs();
      while (probability < options.enough() && epochs < options.mostEpochs()) {
        TrainingOptions more = how.toBuilder().epochs(1).seed(how.seed() + epochs).build();
        stages.add(TrainingLoop.run("simulate", run, train, more, listener));
        probability = probability(model, heldBack, run.current());
        epochs++;
      }
      boolean found = probability >= options.enough();
      return new Simulation(
          run.current(), options.response(), stages, probability, heldBack.size(), found);
    }
  }

  /** The examples with the response in front of their answers. */
  private List<TokenSequence> harmful(LanguageModel model, List<Conversation> examples) {
    return ChatEncoder.of(model, options.training())
        .encodeAll(
            examples.stream().map(e -> withResponse(e, options.response())).toList(),
            options.countedTokens());
  }

  static Conversation withResponse(Conversation example, String response) {
    return example.withResponse(response + ". " + example.response().orElse(""));
  }

  /** Mean over sequences of the probability of all their labelled tokens after {@code parrot}. */
  static double probability(LanguageModel model, List<TokenSequence> sequences, SoftPrompt parrot) {
    return model.score(sequences.stream().map(s -> s.with(parrot)).toList()).stream()
        .mapToDouble(scores -> Math.exp(Arrays.stream(scores).sum()))
        .average()
        .orElseThrow();
  }
}
