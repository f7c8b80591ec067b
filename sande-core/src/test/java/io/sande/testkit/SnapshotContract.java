package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.batch;
import static io.sande.testkit.Samples.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.Training;
import org.junit.jupiter.api.Test;

/** Weights that are kept, and moved back to. */
interface SnapshotContract extends EngineUnderTest {
  @Test
  default void aSnapshotBringsTheWeightsBackExactly() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot snapshot = model.snapshot()) {
      double[] before = scores(model);
      train(model, 2);
      double[] trained = scores(model);
      assertThat(trained).isNotEqualTo(before);
      model.moveTowards(snapshot, 0);
      assertThat(scores(model)).containsExactly(trained);
      model.moveTowards(snapshot, 1);
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  default void aRunningTrainingGoesOnFromARestoredSnapshot() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot snapshot = model.snapshot();
        Training training = model.train(ALL, OPTIMIZER)) {
      double first = training.step(batch(), learningRate());
      model.moveTowards(snapshot, 1);
      assertThat(training.step(batch(), learningRate())).isCloseTo(first, within(tolerance()));
      assertThat(training.step(batch(), learningRate())).isLessThan(first);
    }
  }

  @Test
  default void halfTheWayToASnapshotTwiceIsThreeQuarters() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot start = model.snapshot()) {
      train(model, 2);
      try (Snapshot trained = model.snapshot()) {
        model.moveTowards(start, 0.5);
        model.moveTowards(start, 0.5);
        double[] twice = scores(model);
        model.moveTowards(trained, 1);
        model.moveTowards(start, 0.75);
        assertThat(scores(model)).containsExactly(twice, within(tolerance()));
      }
    }
  }

  @Test
  default void mergingWithoutAnAdapterChangesNothing() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      model.mergeAdapter();
      assertThat(scores(model)).containsExactly(before);
    }
  }
}
