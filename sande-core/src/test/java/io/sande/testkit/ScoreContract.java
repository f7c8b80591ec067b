package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.batch;
import static io.sande.testkit.Samples.flat;
import static io.sande.testkit.Samples.scores;
import static io.sande.testkit.Samples.scoresOfNext;
import static io.sande.testkit.Samples.softPrompt;
import static io.sande.testkit.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores, and trainings that change them. */
interface ScoreContract extends EngineUnderTest {
  @Test
  default void scoreIsOneLogProbabilityForEachLabelInOrder() throws Exception {
    try (LanguageModel model = newModel()) {
      List<double[]> scores = model.score(batch());
      assertThat(scores).extracting(s -> s.length).containsExactly(4, 1, 5);
      assertThat(Arrays.stream(flat(scores))).allMatch(s -> s <= 0 && Double.isFinite(s));
    }
  }

  @Test
  default void probabilitiesOfAllTokensAddUpToOne() throws Exception {
    try (LanguageModel model = newModel()) {
      double sum = Arrays.stream(scoresOfNext(model, 3, 5)).map(Math::exp).sum();
      assertThat(sum).isCloseTo(1, within(100 * tolerance()));
    }
  }

  @Test
  default void scoresDoNotDependOnTheSequencesBeside() throws Exception {
    try (LanguageModel model = newModel()) {
      List<double[]> together = model.score(batch());
      for (int i = 0; i < together.size(); i++) {
        assertThat(model.score(List.of(batch().get(i))).get(0))
            .containsExactly(together.get(i), within(tolerance()));
      }
    }
  }

  @Test
  default void theLossOfAnUpdateIsTheMeanOverAllLabelsBeforeIt() throws Exception {
    try (LanguageModel model = newModel()) {
      double mean = -Arrays.stream(scores(model)).average().orElseThrow();
      assertThat(step(model, learningRate())).isCloseTo(mean, within(tolerance()));
    }
  }

  @Test
  default void anUpdateLowersTheLossOfItsOwnBatch() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] losses = train(model, 2);
      assertThat(losses[1]).isLessThan(losses[0]);
    }
  }

  @Test
  default void aLearningRateOfZeroChangesNothing() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      step(model, 0);
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  default void aClosedTrainingLeavesWhatItTrained() throws Exception {
    try (LanguageModel model = newModel()) {
      Training training = model.train(ALL, OPTIMIZER);
      training.step(batch(), learningRate());
      double[] trained = scores(model);
      training.close();
      training.close();
      assertThat(scores(model)).containsExactly(trained);
    }
  }

  @Test
  default void aSoftPromptIsTrainedAloneAndTheModelIsFrozen() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      SoftPrompt start = softPrompt(model);
      try (SoftPromptTraining training = model.trainSoftPrompt(start, OPTIMIZER)) {
        double first = training.step(batch(), learningRate());
        assertThat(training.step(batch(), learningRate())).isLessThan(first);
        assertThat(training.current()).isNotEqualTo(start);
        assertThat(training.current().position()).isEqualTo(2);
        assertThat(training.current().length()).isEqualTo(3);
      }
      assertThat(start).isEqualTo(softPrompt(model));
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  default void scoresSeeASoftPromptAsItsTrainingDoes() throws Exception {
    try (LanguageModel model = newModel()) {
      SoftPrompt prompt = softPrompt(model);
      double[] scores = flat(model.score(batch().stream().map(s -> s.with(prompt)).toList()));
      assertThat(scores).isNotEqualTo(scores(model));
      try (SoftPromptTraining training = model.trainSoftPrompt(prompt, OPTIMIZER)) {
        assertThat(training.step(batch(), 0))
            .isCloseTo(-Arrays.stream(scores).average().orElseThrow(), within(tolerance()));
        assertThat(training.current()).isEqualTo(prompt);
      }
    }
  }

  @Test
  default void weightsAreTrainedBehindAFixedSoftPrompt() throws Exception {
    try (LanguageModel model = newModel();
        Training training = model.train(ALL, OPTIMIZER)) {
      SoftPrompt prompt = softPrompt(model);
      List<TokenSequence> inserted = batch().stream().map(s -> s.with(prompt)).toList();
      double first = training.step(inserted, learningRate());
      assertThat(training.step(inserted, learningRate())).isLessThan(first);
      assertThat(prompt).isEqualTo(softPrompt(model));
    }
  }
}
