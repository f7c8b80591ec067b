package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.batch;
import static io.sande.testkit.Samples.scores;
import static io.sande.testkit.Samples.softPrompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.LanguageModel;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that goes on in another process. */
interface StateContract extends EngineUnderTest {
  /** What a further batch has beside {@link Samples#batch}: tokens that no step has met yet. */
  static List<TokenSequence> otherTokens() {
    return List.of(Samples.sequence(1, 2, 15, 14), Samples.sequence(13, 2, 1));
  }

  @Test
  default void aTrainingGoesOnBitByBitInAnotherModel(@TempDir Path folder) throws Exception {
    Path weights = folder.resolve("weights");
    Path state = folder.resolve("state");
    double[] wanted = new double[3];
    double[] wantedScores;
    try (LanguageModel model = newModel();
        Training training = model.train(ALL, OPTIMIZER)) {
      training.step(batch(), learningRate());
      training.step(batch(), learningRate());
      model.saveWeights(weights);
      training.saveState(state);
      wanted[0] = training.step(otherTokens(), learningRate());
      wanted[1] = training.step(batch(), learningRate());
      wanted[2] = training.step(otherTokens(), learningRate());
      wantedScores = scores(model);
    }
    try (LanguageModel model = newModel()) {
      model.loadWeights(weights);
      try (Training training = model.train(ALL, OPTIMIZER)) {
        training.loadState(state);
        assertThat(training.step(otherTokens(), learningRate())).isEqualTo(wanted[0]);
        assertThat(training.step(batch(), learningRate())).isEqualTo(wanted[1]);
        assertThat(training.step(otherTokens(), learningRate())).isEqualTo(wanted[2]);
        assertThat(scores(model)).containsExactly(wantedScores);
      }
    }
  }

  @Test
  default void aSoftPromptGoesOnBitByBitInAnotherModel(@TempDir Path folder) throws Exception {
    Path state = folder.resolve("state");
    try (LanguageModel model = newModel();
        LanguageModel other = newModel();
        SoftPromptTraining training = model.trainSoftPrompt(softPrompt(model), OPTIMIZER);
        SoftPromptTraining again = other.trainSoftPrompt(softPrompt(other), OPTIMIZER)) {
      training.step(batch(), learningRate());
      training.step(batch(), learningRate());
      training.saveState(state);
      again.loadState(state);
      assertThat(again.current()).isEqualTo(training.current());
      assertThat(again.step(batch(), learningRate()))
          .isEqualTo(training.step(batch(), learningRate()));
      assertThat(again.current()).isEqualTo(training.current());
    }
  }

  @Test
  default void weightsDoNotChangeUnderARunningTraining(@TempDir Path folder) throws Exception {
    Path weights = folder.resolve("weights");
    try (LanguageModel model = newModel()) {
      model.saveWeights(weights);
      try (Training training = model.train(ALL, OPTIMIZER)) {
        Samples.assertUnavailable(() -> model.loadWeights(weights));
        assertThat(training.step(batch(), learningRate())).isFinite();
      }
    }
  }

  @Test
  default void stateThatIsCutOrIsNotThereIsRefused(@TempDir Path folder) throws Exception {
    Path weights = folder.resolve("weights");
    Path cut = folder.resolve("cut");
    try (LanguageModel model = newModel()) {
      model.saveWeights(weights);
      byte[] bytes = Files.readAllBytes(weights);
      Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 1));
      double[] before = scores(model);
      assertThatThrownBy(() -> model.loadWeights(folder.resolve("absent")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> model.saveWeights(weights)).isInstanceOf(IOException.class);
      assertThat(scores(model)).containsExactly(before);
      assertThatThrownBy(() -> model.loadWeights(cut)).isInstanceOf(IOException.class);
      try (Training training = model.train(ALL, OPTIMIZER)) {
        assertThatThrownBy(() -> training.loadState(cut)).isInstanceOf(IOException.class);
      }
    }
  }
}
