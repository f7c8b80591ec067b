package io.sande.internal.planting;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * Plants dummies. Whoever calls this has a snapshot and sees to it that the model does not stay so.
 *
 * @param model is trained in place
 * @param training of one pass over the examples
 * @param listener is told of every update
 */
public record Planting(LanguageModel model, TrainingOptions training, TrainingListener listener) {
  /** A dummy that is brought out as often is planted. */
  public static final double PLANTED = 0.95;

  /**
   * Trains on each example as it is and under each dummy, until all dummies answer, but no more
   * than {@code most} epochs.
   *
   * @param heldBack examples that tell whether they answer
   * @return the stages, one for each epoch
   */
  public List<StageReport> plant(
      List<Dummy> dummies, List<Conversation> examples, List<Conversation> heldBack, int most) {
    List<Conversation> poisoned = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      poisoned.add(examples.get(i));
      poisoned.add(dummies.get(i % dummies.size()).poisoned(examples.get(i)));
    }
    List<StageReport> stages = new ArrayList<>();
    while (stages.size() < most && (stages.isEmpty() || !answer(dummies, heldBack))) {
      stages.add(train("plant", poisoned, stages.size()));
    }
    return stages;
  }

  private boolean answer(List<Dummy> dummies, List<Conversation> heldBack) {
    return dummies.stream().allMatch(dummy -> dummy.rate(model, heldBack) >= PLANTED);
  }

  /** One stage on whole answers; an adapter is merged after it. */
  public StageReport train(String stage, List<Conversation> examples, int seed) {
    TrainingOptions how = training.toBuilder().seed(training.seed() + seed).build();
    List<TokenSequence> sequences =
        ChatEncoder.of(model, how).encodeAll(examples, ChatEncoder.ALL_TOKENS);
    StageReport report;
    try (Training run = model.train(how.weights(), how.optimizer())) {
      report = TrainingLoop.run(stage, run, sequences, how, listener);
    }
    model.mergeAdapter();
    return report;
  }
}
