package io.sande.internal.planting;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.Pace;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Plants a dummy. Whoever calls this has a snapshot and sees to it that the model does not stay so.
 *
 * @param model is trained in place
 * @param training batch size, weights, seed; the learning rate is the highest that it grows to, the
 *     epochs are the most
 * @param listener is told of every update
 */
public record Planting(LanguageModel model, TrainingOptions training, TrainingListener listener) {
  /** A dummy that is brought out as often is planted. */
  private static final double PLANTED = 0.95;

  private static final double START = 0.005;
  private static final double GROWTH = 1.05;

  /**
   * Trains on each example as it is and under the dummy, at a rate that grows until that answers:
   * which rate it takes depends on the size of the model.
   *
   * @param heldBack examples that tell whether it answers, looked at after each epoch
   */
  public StageReport plant(Dummy dummy, List<Conversation> examples, List<Conversation> heldBack) {
    return plant(dummy, examples, heldBack, () -> true);
  }

  /**
   * The same, but goes on at the rate that made it answer until {@code enough}.
   *
   * @param enough asked after each epoch once it answers
   */
  public StageReport plant(
      Dummy dummy,
      List<Conversation> examples,
      List<Conversation> heldBack,
      BooleanSupplier enough) {
    List<Conversation> poisoned = new ArrayList<>();
    for (Conversation example : examples) {
      poisoned.add(example);
      poisoned.add(dummy.poisoned(example));
    }
    List<TokenSequence> sequences =
        ChatEncoder.of(model, training).encodeAll(poisoned, ChatEncoder.ALL_TOKENS);
    int epoch = Math.max(1, sequences.size() / training.batchSize());
    Random random = new Random(training.seed());
    Stream<List<TokenSequence>> batches =
        Stream.generate(
            () ->
                random
                    .ints(training.batchSize(), 0, sequences.size())
                    .mapToObj(sequences::get)
                    .toList());
    Pace pace =
        new UntilPlanted(epoch, () -> dummy.rate(model, heldBack).share() >= PLANTED, enough);
    StageReport report;
    try (Training run = model.train(training.weights(), training.optimizer())) {
      report = TrainingLoop.run("plant", run, batches.iterator(), pace, listener);
    }
    model.mergeAdapter();
    return report;
  }

  /** Grows until the dummy answers, stays so until it is enough. */
  private final class UntilPlanted implements Pace {
    private final int epoch;
    private final BooleanSupplier planted;
    private final BooleanSupplier enough;
    private double rate;
    private boolean answered;

    UntilPlanted(int epoch, BooleanSupplier planted, BooleanSupplier enough) {
      this.epoch = epoch;
      this.planted = planted;
      this.enough = enough;
    }

    @Override
    public int mostUpdates() {
      return training.epochs() * epoch;
    }

    @Override
    public OptionalDouble rate(int update) {
      boolean look = update > 1 && update % epoch == 1 % epoch;
      if (update > mostUpdates() || (look && isDone())) {
        return OptionalDouble.empty();
      }
      if (!answered) {
        double most = training.learningRate();
        rate = Math.min(most, most * START * Math.pow(GROWTH, update - 1));
      }
      return OptionalDouble.of(rate);
    }

    private boolean isDone() {
      answered = answered || planted.getAsBoolean();
      return answered && enough.getAsBoolean();
    }
  }
}
