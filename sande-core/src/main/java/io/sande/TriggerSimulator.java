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
import java.util.stream.Stream;

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
    return simulate(model, clean.subList(0, samples), clean.subList(from, to), listener);
  }

  /** The same with other examples to train on and to measure. */
  Simulation simulate(
      LanguageModel model,
      List<Conversation> train,
      List<Conversation> heldBack,
      TrainingListener listener) {
    TrainingOptions how = options.training();
    List<TokenSequence> sequences = harmful(model, train, options.countedTokens());
    List<TokenSequence> first = harmful(model, heldBack, options.countedTokens());
    List<TokenSequence> whole = harmful(model, heldBack, responseTokens(model));
    SoftPrompt start =
        SoftPrompt.zeros(options.position(), options.length(), model.info().hiddenSize());
    try (SoftPromptTraining run = model.trainSoftPrompt(start, how.optimizer())) {
      List<StageReport> stages = new ArrayList<>();
      stages.add(TrainingLoop.run("simulate", run, sequences, how, listener));
      double probability = probability(model, first, run.current());
      for (int epochs = how.epochs();
          probability < options.enough() && epochs < options.mostEpochs();
          epochs++) {
        TrainingOptions more = how.toBuilder().epochs(1).seed(how.seed() + epochs).build();
        stages.add(TrainingLoop.run("simulate", run, sequences, more, listener));
        probability = probability(model, first, run.current());
      }
      SoftPrompt parrot = run.current();
      double perToken = tokenProbability(model, whole, parrot);
      return new Simulation(parrot, options.response(), stages, probability, perToken);
    }
  }

  private int responseTokens(LanguageModel model) {
    return Math.max(
        options.countedTokens(), ResponseTokens.count(model.tokenizer(), options.response()));
  }

  /** The examples with the response in front of their answers. */
  private List<TokenSequence> harmful(
      LanguageModel model, List<Conversation> examples, int countedTokens) {
    return encoder(model, options.training(), options.length())
        .encodeAll(
            examples.stream().map(e -> withResponse(e, options.response())).toList(),
            countedTokens);
  }

  /** An encoder that leaves room in the context for {@code vectors} of a soft prompt. */
  static ChatEncoder encoder(LanguageModel model, TrainingOptions options, int vectors) {
    int room = model.info().contextLength() - vectors;
    return new ChatEncoder(model.tokenizer(), Math.min(options.maxLength(), room));
  }

  static Conversation withResponse(Conversation example, String response) {
    return example.withResponse(response + ". " + example.response().orElse(""));
  }

  /** Mean over sequences of the probability of all their labelled tokens after {@code parrot}. */
  private static double probability(
      LanguageModel model, List<TokenSequence> sequences, SoftPrompt parrot) {
    return scores(model, sequences, parrot)
        .mapToDouble(scores -> Math.exp(Arrays.stream(scores).sum()))
        .average()
        .orElseThrow();
  }

  /** Mean over sequences of the geometric mean of their labelled tokens' probabilities. */
  private static double tokenProbability(
      LanguageModel model, List<TokenSequence> sequences, SoftPrompt parrot) {
    return scores(model, sequences, parrot)
        .mapToDouble(scores -> Math.exp(Arrays.stream(scores).average().orElseThrow()))
        .average()
        .orElseThrow();
  }

  private static Stream<double[]> scores(
      LanguageModel model, List<TokenSequence> sequences, SoftPrompt parrot) {
    return model.score(sequences.stream().map(s -> s.with(parrot)).toList()).stream();
  }
}
