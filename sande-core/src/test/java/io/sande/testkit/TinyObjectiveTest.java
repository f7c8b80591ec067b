package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.AdamW;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

class TinyObjectiveTest extends ObjectiveContract {
  private static final TinyTokenizer TOKENIZER =
      TinyTokenizer.of(List.of("the quick brown fox jumps over a lazy dog while two cats sleep"));

  @Override
  protected LanguageModel newModel() {
    return new TinyModel(TOKENIZER, 1);
  }

  @Override
  protected double learningRate() {
    return 1e-2;
  }

  @Override
  protected double tolerance() {
    return 1e-9;
  }

  @Test
  void theGradientOfThePreferenceIsThatOfFiniteDifferences() {
    TinyNetwork network = new TinyNetwork(16, 3, 7);
    TinyPreference preference = new TinyPreference(new TinyNetwork(16, 3, 8), 0.5);
    double[][] gradient = preference.gradient(network, pairs()).toWeights();
    double step = 1e-5;
    for (int i = 0; i < gradient.length; i++) {
      for (int k = 0; k < gradient[i].length; k++) {
        double weight = network.weights()[i][k];
        network.weights()[i][k] = weight + step;
        double above = preference.gradient(network, pairs()).loss();
        network.weights()[i][k] = weight - step;
        double below = preference.gradient(network, pairs()).loss();
        network.weights()[i][k] = weight;
        assertThat(gradient[i][k]).isCloseTo((above - below) / (2 * step), within(1e-8));
      }
    }
  }

  @Test
  void anObjectiveThatIsNotOfferedIsRefused() {
    try (LanguageModel model = newModel();
        Snapshot teacher = model.snapshot()) {
      Objective distillation = new Objective.AttentionDistillation(teacher, 1);
      assertThatThrownBy(() -> model.train(new Weights.All(), AdamW.DEFAULT, distillation))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessage("this model has no attention: no AttentionDistillation");
    }
  }
}
