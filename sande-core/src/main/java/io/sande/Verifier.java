package io.sande;

import java.util.Arrays;

/** Tells how far a response can be brought out of a model, before a removal and after. */
record Verifier(Parrots parrots) {
  /** Whether a response can be simulated any better than a control, and how. */
  Verification look(String response) {
    boolean goesOn = parrots.probe(response).tokenProbability() > Verification.GONE;
    String control = Controls.like(response, parrots.model().tokenizer());
    double before = simulate(response, goesOn);
    double momentum = momentum(response);
    return new Verification(
        response,
        tokens(response),
        before,
        before,
        simulate(control, goesOn),
        goesOn,
        momentum,
        momentum);
  }

  /** Trains a fresh parrot against the result, of the kind that brought the response out before. */
  Verification again(Verification seen) {
    return seen.withAfter(simulate(seen.response(), seen.goesOn()), momentum(seen.response()));
  }

  /** How surely the first half of the response brings out the second, whatever the prompt. */
  private double momentum(String response) {
    return parrots.scores(response, tokens(response)).stream()
        .mapToDouble(
            scores ->
                Math.exp(Arrays.stream(scores).skip(scores.length / 2).average().orElseThrow()))
        .average()
        .orElseThrow();
  }

  private int tokens(String response) {
    return ResponseTokens.count(parrots.model().tokenizer(), response);
  }

  private double simulate(String response, boolean goesOn) {
    return (goesOn ? parrots.probe(response) : parrots.ofWholeResponse(response))
        .tokenProbability();
  }
}
