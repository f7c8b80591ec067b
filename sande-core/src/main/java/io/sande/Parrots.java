package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains the parrots of a removal: the one asked for, and others that look elsewhere. */
record Parrots(
    LanguageModel model,
    SimulationOptions asked,
    List<Conversation> train,
    List<Conversation> heldBack,
    int deepest,
    TrainingListener listener,
    Map<SimulationOptions, Simulation> known) {
  /** Length and position of a parrot, beside those asked for. */
  private record Shape(int length, int position) {}

  private static final Shape ASKED = new Shape(0, 0);
  private static final List<Shape> OF_FIRST_TOKENS = List.of(ASKED, new Shape(-2, -1));
  private static final List<Shape> OF_WHOLE_RESPONSE =
      List.of(ASKED, new Shape(2, 1), new Shape(6, 0), new Shape(6, 3), new Shape(6, -2));
  private static final int MOST_VECTORS_ADDED = 6;

  private static final double RATE = 1e-2;
  private static final int EPOCHS = 8;
  private static final double FOUND = 0.9;

  /** Must be called when the weights have changed: parrots are trained anew then. */
  void forget() {
    known.clear();
  }

  /** Vectors of the longest parrot. */
  static int longest(SimulationOptions asked) {
    return asked.length() + MOST_VECTORS_ADDED;
  }

  /** As asked for and not an epoch more: the reference's way, on the response's first tokens. */
  Simulation ofFirstTokens(String response) {
    return ofFirstTokens(response, ASKED);
  }

  /** On all tokens of the response, until they are likely. */
  Simulation ofWholeResponse(String response) {
    return ofWholeResponse(response, ASKED);
  }

  /** Parrots of several shapes and both kinds: one shows one way to the response. */
  List<Simulation> panel(String response) {
    List<Simulation> panel = new ArrayList<>();
    OF_FIRST_TOKENS.forEach(shape -> panel.add(ofFirstTokens(response, shape)));
    OF_WHOLE_RESPONSE.forEach(shape -> panel.add(ofWholeResponse(response, shape)));
    return panel;
  }

  /** Mean probability of a response's tokens under the parrots that were trained on all of them. */
  static double probability(List<Simulation> panel) {
    return panel.stream()
        .skip(OF_FIRST_TOKENS.size())
        .mapToDouble(Simulation::tokenProbability)
        .average()
        .orElseThrow();
  }

  private Simulation ofFirstTokens(String response, Shape shape) {
    return simulate(shaped(response, shape).mostEpochs(asked.training().epochs()));
  }

  private Simulation ofWholeResponse(String response, Shape shape) {
    return simulate(
        shaped(response, shape)
            .countedTokens(Math.max(1, model.tokenizer().encode(response).length))
            .training(asked.training().toBuilder().learningRate(RATE).epochs(1).build())
            .mostEpochs(EPOCHS)
            .enough(FOUND));
  }

  private SimulationOptions.Builder shaped(String response, Shape shape) {
    return asked.toBuilder()
        .response(response)
        .length(Math.max(1, asked.length() + shape.length()))
        .position(Math.max(0, Math.min(deepest, asked.position() + shape.position())));
  }

  /** Once for the same options: the same weights give the same parrot. */
  private Simulation simulate(SimulationOptions.Builder options) {
    SimulationOptions wanted = options.build();
    Simulation found = known.get(wanted);
    if (found == null) {
      found = new TriggerSimulator(wanted).simulate(model, train, heldBack, listener);
      known.put(wanted, found);
    }
    return found;
  }
}
