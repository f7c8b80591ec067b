package io.sande.testkit;

import io.sande.internal.Check;
import io.sande.model.TokenSequence;
import java.util.List;

/** Loss of {@link io.sande.model.Objective.Preference} and its gradient. */
record TinyPreference(TinyNetwork reference, double beta) {
  TinyGradient gradient(TinyNetwork network, List<TokenSequence> batch) {
    boolean paired = batch.size() % 2 == 0;
    Check.that(
        paired && batch.stream().allMatch(s -> s.labels().count() > 0),
        "batch",
        "pairs of sequences with a label each",
        batch.size());
    int pairs = batch.size() / 2;
    double[] shares = new double[batch.size()];
    double loss = 0;
    for (int i = 0; i < batch.size(); i += 2) {
      double margin = beta * (gained(network, batch.get(i)) - gained(network, batch.get(i + 1)));
      loss += Math.log1p(Math.exp(-margin)) / pairs;
      shares[i] = beta / (1 + Math.exp(margin)) / pairs;
      shares[i + 1] = -shares[i];
    }
    TinyGradient gradient = TinyGradient.of(network, batch, shares);
    return new TinyGradient(loss, gradient.toWeights(), gradient.toPrompt());
  }

  private double gained(TinyNetwork network, TokenSequence sequence) {
    return sum(network, sequence) - sum(reference, sequence);
  }

  private static double sum(TinyNetwork network, TokenSequence sequence) {
    double[][] inputs = network.inputs(sequence);
    int[] rows = TinyGradient.rows(sequence);
    int[] targets = sequence.labels().targets(sequence.ids());
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      sum += network.logProbabilities(inputs, rows[i])[targets[i]];
    }
    return sum;
  }
}
