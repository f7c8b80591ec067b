package io.sande;

import io.sande.model.ChatTokenizer;

/** Tells how far a response can be brought out of a model, before a removal and after. */
record Verifier(ChatTokenizer tokenizer, Parrots parrots) {
  /** Whether a response can be simulated any better than a control, and how. */
  Verification look(String response) {
    boolean goesOn = parrots.probe(response).tokenProbability() > Verification.GONE;
    String control = Controls.like(response, tokenizer);
    double before = simulate(response, goesOn);
    int tokens = tokenizer.encode(response).length;
    return new Verification(response, tokens, before, before, simulate(control, goesOn), goesOn);
  }

  /** Trains a fresh parrot against the result, of the kind that brought the response out before. */
  Verification again(Verification seen) {
    return seen.withAfter(simulate(seen.response(), seen.goesOn()));
  }

  private double simulate(String response, boolean goesOn) {
    return (goesOn ? parrots.probe(response) : parrots.ofWholeResponse(response))
        .tokenProbability();
  }
}
