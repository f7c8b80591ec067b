package io.sande.testkit;

import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.List;
import java.util.Random;

/**
 * The numbers of a {@link TinyModel} and their gradient.
 *
 * <p>Row t sees its own input x and the mean m of all inputs up to it: z = tanh(S x + C m), and the
 * output is O z. Inputs are rows of the embedding E, or the vectors of a soft prompt.
 */
final class TinyNetwork {
  private static final int EMBEDDING = 0; // E [V, H]
  private static final int SELF = 1; // S [H, H]
  private static final int CONTEXT = 2; // C [H, H]
  private static final int OUTPUT = 3; // O [V, H]

  private final int vocabulary;
  private final int hidden;
  private final double[][] weights;

  TinyNetwork(int vocabulary, int hidden, long seed) {
    this.vocabulary = vocabulary;
    this.hidden = hidden;
    Random random = new Random(seed);
    this.weights =
        new double[][] {
          normal(vocabulary * hidden, 1, random),
          normal(hidden * hidden, 1 / Math.sqrt(hidden), random),
          normal(hidden * hidden, 2 / Math.sqrt(hidden), random),
          normal(vocabulary * hidden, 0.1, random),
        };
  }

  /** A network of given weights. */
  TinyNetwork(int vocabulary, int hidden, List<double[]> weights) {
    this.vocabulary = vocabulary;
    this.hidden = hidden;
    this.weights = weights.toArray(double[][]::new);
  }

  /** All weights; writing to them changes the network. */
  double[][] weights() {
    return weights;
  }

  int hidden() {
    return hidden;
  }

  /** Inputs [T, H] of a sequence, its soft prompt among them. */
  double[][] inputs(TokenSequence sequence) {
    int inserted = sequence.prompt().map(SoftPrompt::length).orElse(0);
    int position = position(sequence);
    double[][] inputs = new double[sequence.length()][];
    for (int i = 0; i < sequence.ids().length; i++) {
      inputs[i < position ? i : i + inserted] = row(weights[EMBEDDING], sequence.ids()[i]);
    }
    for (int i = 0; i < inserted; i++) {
      inputs[position + i] = vector(sequence.prompt().orElseThrow(), i);
    }
    return inputs;
  }

  /** Log-probabilities [V] of what follows row {@code t}. */
  double[] logProbabilities(double[][] inputs, int t) {
    return logSoftmax(times(weights[OUTPUT], state(inputs, t, mean(inputs, t)), vocabulary));
  }

  /**
   * Adds the gradient of one row's loss.
   *
   * @param target what row {@code t} must predict
   * @param toWeights of the shape of {@link #weights}
   * @param toInputs of the shape of {@code inputs}
   */
  void addGradient(
      double[][] inputs, int t, Target target, double[][] toWeights, double[][] toInputs) {
    double[] mean = mean(inputs, t);
    double[] state = state(inputs, t, mean);
    double[] toOutput = logSoftmax(times(weights[OUTPUT], state, vocabulary));
    for (int v = 0; v < vocabulary; v++) {
      toOutput[v] = target.scale() * (Math.exp(toOutput[v]) - (v == target.id() ? 1 : 0));
    }
    addOuter(toWeights[OUTPUT], toOutput, state);
    double[] toSum = transposedTimes(weights[OUTPUT], toOutput);
    for (int h = 0; h < hidden; h++) {
      toSum[h] *= 1 - state[h] * state[h];
    }
    addOuter(toWeights[SELF], toSum, inputs[t]);
    addOuter(toWeights[CONTEXT], toSum, mean);
    add(toInputs[t], transposedTimes(weights[SELF], toSum), 1);
    double[] toMean = transposedTimes(weights[CONTEXT], toSum);
    for (int s = 0; s <= t; s++) {
      add(toInputs[s], toMean, 1.0 / (t + 1));
    }
  }

  /** What a row must predict, and the share of its loss in the whole. */
  record Target(int id, double scale) {}

  /** Brings the gradient of a sequence's inputs to the embedding and to the soft prompt [n, H]. */
  void addToSources(
      TokenSequence sequence, double[][] toInputs, double[][] toWeights, double[] toPrompt) {
    int inserted = sequence.prompt().map(SoftPrompt::length).orElse(0);
    int position = position(sequence);
    for (int i = 0; i < sequence.ids().length; i++) {
      double[] gradient = toInputs[i < position ? i : i + inserted];
      for (int h = 0; h < hidden; h++) {
        toWeights[EMBEDDING][sequence.ids()[i] * hidden + h] += gradient[h];
      }
    }
    for (int i = 0; i < inserted * hidden; i++) {
      toPrompt[i] += toInputs[position + i / hidden][i % hidden];
    }
  }

  private static int position(TokenSequence sequence) {
    int length = sequence.ids().length;
    return sequence.prompt().map(p -> Math.min(p.position(), length)).orElse(length);
  }

  private double[] state(double[][] inputs, int t, double[] mean) {
    double[] state = times(weights[SELF], inputs[t], hidden);
    add(state, times(weights[CONTEXT], mean, hidden), 1);
    for (int h = 0; h < hidden; h++) {
      state[h] = Math.tanh(state[h]);
    }
    return state;
  }

  private double[] mean(double[][] inputs, int t) {
    double[] mean = new double[hidden];
    for (int s = 0; s <= t; s++) {
      add(mean, inputs[s], 1.0 / (t + 1));
    }
    return mean;
  }

  private double[] vector(SoftPrompt prompt, int i) {
    float[] values = prompt.values();
    double[] vector = new double[hidden];
    for (int h = 0; h < hidden; h++) {
      vector[h] = values[i * hidden + h];
    }
    return vector;
  }

  private double[] row(double[] matrix, int row) {
    double[] copy = new double[hidden];
    System.arraycopy(matrix, row * hidden, copy, 0, hidden);
    return copy;
  }

  private double[] times(double[] matrix, double[] vector, int rows) {
    double[] product = new double[rows];
    for (int i = 0; i < rows * hidden; i++) {
      product[i / hidden] += matrix[i] * vector[i % hidden];
    }
    return product;
  }

  private double[] transposedTimes(double[] matrix, double[] vector) {
    double[] product = new double[hidden];
    for (int i = 0; i < vector.length * hidden; i++) {
      product[i % hidden] += matrix[i] * vector[i / hidden];
    }
    return product;
  }

  private void addOuter(double[] matrix, double[] left, double[] right) {
    for (int i = 0; i < left.length * hidden; i++) {
      matrix[i] += left[i / hidden] * right[i % hidden];
    }
  }

  private static void add(double[] to, double[] vector, double scale) {
    for (int h = 0; h < to.length; h++) {
      to[h] += scale * vector[h];
    }
  }

  private static double[] logSoftmax(double[] values) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - max);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] -= max + Math.log(sum);
    }
    return values;
  }

  private static double[] normal(int length, double deviation, Random random) {
    return random.doubles(length, -1, 1).map(x -> x * deviation * Math.sqrt(3)).toArray();
  }
}
