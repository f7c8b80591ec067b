package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What an engine must do that offers {@link Objective.Preference} and {@link
 * LanguageModel#restoreMostChanged}, by their Javadoc alone. The model's vocabulary needs 16 ids.
 */
public abstract class ObjectiveContract {
  private static final Weights ALL = new Weights.All();
  private static final double BETA = 0.5;

  /** A small model, the same in every call; the test closes it. */
  protected abstract LanguageModel newModel() throws Exception;

  /** A learning rate at which one update lowers the loss. */
  protected double learningRate() {
    return 1e-3;
  }

  /** How far two ways to the same loss may lie apart. */
  protected double tolerance() {
    return 1e-5;
  }

  /** Two pairs; the rejected of the first is longer than the chosen, that of the second shorter. */
  public static List<TokenSequence> pairs() {
    return List.of(
        new TokenSequence(new int[] {3, 5, 7, 9}, Labels.ofResponse(2, 2, 2)),
        new TokenSequence(new int[] {3, 5, 11, 13, 7, 9}, Labels.ofResponse(2, 4, 4)),
        new TokenSequence(new int[] {8, 4, 4, 10, 15}, Labels.ofResponse(1, 4, 4)),
        new TokenSequence(new int[] {8, 14, 2}, Labels.ofResponse(1, 2, 2)));
  }

  private static double[] sums(LanguageModel model) {
    return model.score(pairs()).stream().mapToDouble(s -> Arrays.stream(s).sum()).toArray();
  }

  private static double softplus(double x) {
    return Math.log1p(Math.exp(x));
  }

  private static Training train(LanguageModel model, Snapshot reference) {
    return model.train(ALL, AdamW.DEFAULT, new Objective.Preference(reference, BETA));
  }

  /** Moves the model away from where it was. */
  private void disturb(LanguageModel model) {
    try (Training training = model.train(ALL, AdamW.DEFAULT)) {
      training.step(pairs().subList(0, 1), 5 * learningRate());
    }
  }

  @Test
  void aModelPrefersNothingAgainstItself() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot itself = model.snapshot();
        Training training = train(model, itself)) {
      assertThat(training.step(pairs(), 0)).isCloseTo(Math.log(2), within(1e-7));
    }
  }

  @Test
  void thePreferenceLossIsThatOfTheScores() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot reference = model.snapshot()) {
      double[] r = sums(model);
      disturb(model);
      double[] s = sums(model);
      double first = BETA * ((s[0] - r[0]) - (s[1] - r[1]));
      double second = BETA * ((s[2] - r[2]) - (s[3] - r[3]));
      assertThat(Math.abs(first - second)).isGreaterThan(100 * tolerance());
      try (Training training = train(model, reference)) {
        assertThat(training.step(pairs(), 0))
            .isCloseTo((softplus(-first) + softplus(-second)) / 2, within(tolerance()));
      }
    }
  }

  @Test
  void anUpdateMovesTheModelTowardTheChosen() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot reference = model.snapshot()) {
      double[] before = sums(model);
      try (Training training = train(model, reference)) {
        double first = training.step(pairs(), learningRate());
        assertThat(training.step(pairs(), learningRate())).isLessThan(first);
      }
      double[] after = sums(model);
      assertThat(after[0] - after[1]).isGreaterThan(before[0] - before[1]);
      assertThat(after[2] - after[3]).isGreaterThan(before[2] - before[3]);
    }
  }

  @Test
  void sequencesThatAreNoPairsAreRefused() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot reference = model.snapshot();
        Training training = train(model, reference)) {
      double[] before = sums(model);
      TokenSequence without = new TokenSequence(new int[] {3, 4}, Labels.ofResponse(2, 0, 1));
      for (List<TokenSequence> bad :
          List.of(pairs().subList(0, 3), List.of(pairs().get(0), without))) {
        assertThatThrownBy(() -> training.step(bad, learningRate()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("batch must be pairs of sequences with a label each");
      }
      assertThat(sums(model)).containsExactly(before);
    }
  }

  @Test
  void aReferenceMustBeOfTheSameModel() throws Exception {
    try (LanguageModel model = newModel();
        LanguageModel other = newModel();
        Snapshot reference = other.snapshot()) {
      assertThatThrownBy(() -> train(model, reference))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("snapshot must be one of this model");
      train(other, reference).close();
    }
  }

  @Test
  void atQuantileZeroAnotherModelsWeightsReplaceAll() throws Exception {
    try (LanguageModel model = newModel();
        LanguageModel other = newModel();
        Snapshot origin = other.snapshot()) {
      double[] before = sums(model);
      disturb(model);
      assertThat(sums(model)).isNotEqualTo(before);
      model.restoreMostChanged(origin, 0);
      assertThat(sums(model)).containsExactly(before);
    }
  }

  @Test
  void aQuantileInBetweenLeavesSomeOfBoth() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot origin = model.snapshot()) {
      double[] before = sums(model);
      disturb(model);
      double[] disturbed = sums(model);
      model.restoreMostChanged(origin, 0.8);
      assertThat(sums(model)).isNotEqualTo(before).isNotEqualTo(disturbed);
    }
  }

  @Test
  void aRunningTrainingGoesOnFromRestoredWeights() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot origin = model.snapshot();
        Training training = model.train(ALL, AdamW.DEFAULT)) {
      double first = training.step(pairs(), learningRate());
      model.restoreMostChanged(origin, 0);
      assertThat(training.step(pairs(), learningRate())).isCloseTo(first, within(tolerance()));
    }
  }
}
