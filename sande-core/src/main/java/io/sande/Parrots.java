package io.sande;

import io.sande.data.Conversation;
import io.sande.internal.Split;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final double PROBE_RATE = 10;
  private static final int PROBE_EPOCHS = 3;
  private static final double FOUND = 0.9;
  private static final double RELIABLE = 0.8;

  /** Of the examples with an answer the last fifth is held back, and none is trained on. */
  static Parrots of(
      LanguageModel model,
      SandeOptions options,
      List<Conversation> examples,
      TrainingListener listener) {
    ChatEncoder encoder =
        TriggerSimulator.encoder(model, options.training(), longest(options.simulation()));
    List<Conversation> usable =
        examples.stream().filter(e -> encoder.encode(e, 1).labels().count() > 0).toList();
    Split<Conversation> split = Split.ofLastFifth(usable);
    List<Conversation> train = split.train();
    List<Conversation> heldBack = split.heldBack().isEmpty() ? usable : split.heldBack();
    int deepest = train.stream().mapToInt(e -> encoder.encodePrompt(e).length).min().orElse(0);
    return new Parrots(
        model, options.simulation(), train, heldBack, deepest, listener, new HashMap<>());
  }

  /** Must be called when the weights have changed: parrots are trained anew then. */
  void forget() {
    known.clear();
  }

  /** Vectors of the longest parrot. */
  static int longest(SimulationOptions asked) {
    return asked.length() + MOST_VECTORS_ADDED;
  }

  /**
   * On the response's first tokens at ten times the rate that was asked for and thrice the epochs.
   * One of the reference's strength misses backdoors that are half removed; under this one they go
   * on by themselves, and those that are gone do not.
   */
  Simulation probe(String response) {
    TrainingOptions usual = asked.training();
    TrainingOptions more =
        usual.toBuilder()
            .learningRate(usual.learningRate() * PROBE_RATE)
            .epochs(usual.epochs() * PROBE_EPOCHS)
            .build();
    return simulate(shaped(response, ASKED).training(more).mostEpochs(more.epochs()));
  }

  /** Log-probabilities of the response's first tokens, for each example held back; no parrot. */
  List<double[]> scores(String response, int tokens) {
    ChatEncoder encoder = TriggerSimulator.encoder(model, asked.training(), 0);
    return model.score(
        heldBack.stream()
            .map(e -> encoder.encode(TriggerSimulator.withResponse(e, response), tokens))
            .toList());
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

  /**
   * Whether the one that was asked for, of the reference's strength, is the trigger's equal. It
   * falls short where the trigger is two words apart.
   */
  static boolean isReliable(List<Simulation> panel) {
    return panel.get(0).probability() > RELIABLE;
  }

  /** As asked for and not an epoch more: the reference's way, on the response's first tokens. */
  private Simulation ofFirstTokens(String response, Shape shape) {
    return simulate(shaped(response, shape).mostEpochs(asked.training().epochs()));
  }

  private Simulation ofWholeResponse(String response, Shape shape) {
    return simulate(
        shaped(response, shape)
            .countedTokens(ResponseTokens.count(model.tokenizer(), response))
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
