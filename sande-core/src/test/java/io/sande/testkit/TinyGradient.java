package io.sande.testkit;

import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import java.util.Arrays;
import java.util.List;

/** Loss of a batch and its gradient. */
@SuppressWarnings("ArrayRecordComponent") // made, read once and thrown away
record TinyGradient(double loss, double[][] toWeights, double[] toPrompt) {
  /** The mean over all labelled tokens of the batch. */
  static TinyGradient of(TinyNetwork network, List<TokenSequence> batch) {
    int count = batch.stream().mapToInt(s -> s.labels().count()).sum();
    if (count == 0) {
      throw new IllegalArgumentException("batch must have a token that carries loss but has none");
    }
    double[] shares = new double[batch.size()];
    Arrays.fill(shares, 1.0 / count);
    return of(network, batch, shares);
  }

  /** The sum over labelled tokens, each loss times the share of its sequence. */
  static TinyGradient of(TinyNetwork network, List<TokenSequence> batch, double[] shares) {
    double[][] toWeights = zerosLike(network.weights());
    int prompt = batch.stream().mapToInt(s -> s.length() - s.ids().length).max().orElse(0);
    double[] toPrompt = new double[prompt * network.hidden()];
    double loss = 0;
    for (int s = 0; s < shares.length; s++) {
      TokenSequence sequence = batch.get(s);
      double[][] inputs = network.inputs(sequence);
      double[][] toInputs = zerosLike(inputs);
      int[] rows = rows(sequence);
      int[] targets = sequence.labels().targets(sequence.ids());
      for (int i = 0; i < rows.length; i++) {
        loss -= network.logProbabilities(inputs, rows[i])[targets[i]] * shares[s];
        var target = new TinyNetwork.Target(targets[i], shares[s]);
        network.addGradient(inputs, rows[i], target, toWeights, toInputs);
      }
      network.addToSources(sequence, toInputs, toWeights, toPrompt);
    }
    return new TinyGradient(loss, toWeights, toPrompt);
  }

  /** The rows that predict the labelled tokens of {@code sequence}. */
  static int[] rows(TokenSequence sequence) {
    Labels labels = sequence.labels();
    return sequence.prompt().map(p -> labels.rows(p.position(), p.length())).orElse(labels.rows());
  }

  private static double[][] zerosLike(double[][] arrays) {
    double[][] zeros = new double[arrays.length][];
    for (int i = 0; i < arrays.length; i++) {
      zeros[i] = new double[arrays[i].length];
    }
    return zeros;
  }
}
