package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class TinyModelTest implements LanguageModelContract {
  private static final TinyTokenizer TOKENIZER =
      TinyTokenizer.of(List.of("the quick brown fox jumps over a lazy dog while two cats sleep"));

  @Override
  public LanguageModel newModel() {
    return new TinyModel(TOKENIZER, 1);
  }

  @Override
  public double learningRate() {
    return 1e-2;
  }

  @Override
  public double tolerance() {
    return 1e-9;
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    TinyNetwork network = new TinyNetwork(6, 3, 7);
    List<TokenSequence> batch =
        List.of(
            new TokenSequence(new int[] {1, 2, 3, 4}, Labels.ofResponse(2, 2, 2)),
            new TokenSequence(new int[] {5, 2}, Labels.ofResponse(1, 1, 1)));
    double[][] gradient = TinyGradient.of(network, batch).toWeights();
    for (int i = 0; i < gradient.length; i++) {
      for (int k = 0; k < gradient[i].length; k++) {
        assertThat(gradient[i][k]).isCloseTo(difference(network, batch, i, k), within(1e-8));
      }
    }
  }

  private static double difference(TinyNetwork network, List<TokenSequence> batch, int i, int k) {
    double step = 1e-5;
    double weight = network.weights()[i][k];
    network.weights()[i][k] = weight + step;
    double above = TinyGradient.of(network, batch).loss();
    network.weights()[i][k] = weight - step;
    double below = TinyGradient.of(network, batch).loss();
    network.weights()[i][k] = weight;
    return (above - below) / (2 * step);
  }

  @Test
  void theGradientOfASoftPromptIsThatOfFiniteDifferences() {
    TinyNetwork network = new TinyNetwork(6, 3, 7);
    float[] values = {0.1f, -0.2f, 0.3f, 0.4f, 0.5f, -0.6f};
    double[] gradient = TinyGradient.of(network, inserted(values)).toPrompt();
    for (int k = 0; k < values.length; k++) {
      float step = 1f / 256; // exact in float
      float[] above = values.clone();
      float[] below = values.clone();
      above[k] += step;
      below[k] -= step;
      double difference =
          (TinyGradient.of(network, inserted(above)).loss()
                  - TinyGradient.of(network, inserted(below)).loss())
              / ((double) above[k] - below[k]);
      assertThat(gradient[k]).isCloseTo(difference, within(1e-5));
    }
  }

  private static List<TokenSequence> inserted(float[] values) {
    TokenSequence sequence = new TokenSequence(new int[] {1, 2, 3, 4}, Labels.ofResponse(2, 2, 2));
    return List.of(sequence.with(SoftPrompt.of(2, 2, values)));
  }
}
