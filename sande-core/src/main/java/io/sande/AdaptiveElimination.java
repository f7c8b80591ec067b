package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** SANDE that finds its own rate and its own end. One run. */
final class AdaptiveElimination {
  /*
   * What the reference leaves to the user is watched here, on a fifth of the examples that is held back. One parrot shows
   * one way to the response, so a panel of parrots of other lengths and positions is trained, and trained against;
   * each batch has its examples under a parrot and without one, which keeps clean answers as they are. The rate grows until
   * the response is gone under every parrot (ParrotWatch), then falls to 0 over as many updates. What is left of the
   * backdoor then stands where the first panel did not look: a second panel, trained on the result, joins the first for
   * another round. Where the clean loss has risen above its budget the weights move back as far as the response stays away.
   */
  private static final int[][] SHAPES = {
    {0, 0}, {-2, -1}, {2, 3}, {0, 7}, {-2, 12}
  }; // length, position, beside those asked for
  private static final double[] SHARES_BACK = {0.1, 0.2, 0.3, 0.5};

  private final LanguageModel model;
  private final SandeOptions options;
  private final Elimination.Adaptive how;
  private final List<Conversation> examples;
  private final List<Conversation> train;
  private final List<Conversation> heldBack;
  private final TrainingListener listener;
  private final ChatEncoder encoder;
  private final int deepest; // position of a parrot: not behind the shortest prompt
  private final List<String> planted = new ArrayList<>();
  private final List<Parrot> parrots = new ArrayList<>();
  private final List<StageReport> stages = new ArrayList<>();

  /** A trained parrot and the response it brings out. */
  record Parrot(SoftPrompt prompt, String response) {}

  AdaptiveElimination(
      LanguageModel model,
      SandeOptions options,
      Elimination.Adaptive how,
      List<Conversation> examples,
      TrainingListener listener) {
    this.model = model;
    this.options = options;
    this.how = how;
    this.examples = examples;
    int held = Math.max(1, examples.size() / 5);
    boolean few = examples.size() < 2;
    this.train = few ? examples : examples.subList(0, examples.size() - held);
    this.heldBack = few ? examples : examples.subList(examples.size() - held, examples.size());
    this.listener = listener;
    int widest = options.simulation().length() + SHAPES[2][0];
    this.encoder = TriggerSimulator.encoder(model, options.training(), widest);
    this.deepest =
        examples.stream().mapToInt(e -> encoder.encodePrompt(e).length).min().orElseThrow();
  }

  RemovalReport run() {
    List<Verification> found = new ArrayList<>();
    for (int i = 0; i < options.responses().size(); i++) {
      found.add(look(i));
    }
    if (parrots.isEmpty()) {
      return report(found);
    }
    try (Snapshot original = model.snapshot()) {
      ParrotWatch watch = new ParrotWatch(model, encoder, heldBack, parrots);
      double budget = watch.cleanLoss() * (1 + how.lossBudget());
      for (int round = 1; round <= how.rounds(); round++) {
        new LinkedHashSet<>(planted).forEach(this::addPanel);
        eliminate(watch, round);
      }
      giveBack(original, watch, budget);
    }
    return report(options.verify() ? found.stream().map(this::verify).toList() : found);
  }

  /** Simulates response {@code i}; if it was planted, its parrot is the first to train against. */
  private Verification look(int i) {
    String response = options.responses().get(i);
    Simulation usual = simulate(usual(response), SHAPES[0]);
    boolean given = !options.parrots().isEmpty();
    if (!given) {
      stages.addAll(usual.stages());
    }
    Verification seen = measure(response, usual);
    if (given || seen.isPlanted()) {
      planted.add(response);
      parrots.add(new Parrot(given ? options.parrots().get(i) : usual.parrot(), response));
    }
    return seen;
  }

  /** By the reference's parrot where the response goes on by itself, else by one of all tokens. */
  private Verification measure(String response, Simulation usual) {
    String control = Controls.like(response);
    boolean goesOn = usual.tokenProbability() > Verification.BROUGHT_OUT;
    Simulation best = goesOn ? usual : simulate(strong(response), SHAPES[0]);
    SimulationOptions same = goesOn ? usual(control) : strong(control);
    double before = best.tokenProbability();
    return new Verification(
        response, before, before, simulate(same, SHAPES[0]).tokenProbability(), goesOn);
  }

  private void addPanel(String response) {
    for (int[] shape : SHAPES) {
      parrots.add(new Parrot(simulate(strong(response), shape).parrot(), response));
    }
  }

  private SimulationOptions usual(String response) {
    SimulationOptions asked = options.simulation();
    return asked.toBuilder().response(response).mostEpochs(asked.training().epochs()).build();
  }

  private Simulation simulate(SimulationOptions asked, int[] shape) {
    return new TriggerSimulator(shaped(asked, shape)).simulate(model, train, heldBack, listener);
  }

  private SimulationOptions strong(String response) {
    SimulationOptions asked = options.simulation();
    int tokens = Math.max(1, model.tokenizer().encode(response).length);
    return asked.toBuilder()
        .response(response)
        .countedTokens(tokens)
        .training(asked.training().toBuilder().learningRate(1e-2).epochs(1).build())
        .mostEpochs(8)
        .enough(0.9)
        .build();
  }

  private SimulationOptions shaped(SimulationOptions asked, int[] shape) {
    return asked.toBuilder()
        .length(Math.max(1, asked.length() + shape[0]))
        .position(Math.max(0, Math.min(deepest, asked.position() + shape[1])))
        .build();
  }

  private void eliminate(ParrotWatch watch, int round) {
    TrainingOptions training = options.training();
    GrowingRate pace =
        new GrowingRate(how, watch, Math.max(1, train.size() / training.batchSize()));
    try (Training run = model.train(how.weights(), training.optimizer())) {
      Iterator<List<TokenSequence>> batches = batches(training.seed() + round);
      stages.add(TrainingLoop.run("eliminate", run, batches, pace, listener));
    }
    model.mergeAdapter();
  }

  /** Examples in ever new order, each under one of the parrots and without. */
  private Iterator<List<TokenSequence>> batches(long seed) {
    Random random = new Random(seed);
    List<TokenSequence> few = encoder.encodeAll(train, options.countedTokens());
    List<TokenSequence> all = encoder.encodeAll(train, ChatEncoder.ALL_TOKENS);
    List<Integer> order = new ArrayList<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public List<TokenSequence> next() {
        List<TokenSequence> batch = new ArrayList<>();
        for (int i = 0; i < options.training().batchSize(); i++) {
          if (order.isEmpty()) {
            IntStream.range(0, few.size()).forEach(order::add);
            Collections.shuffle(order, random);
          }
          int example = order.remove(order.size() - 1);
          Parrot parrot = parrots.get(random.nextInt(parrots.size()));
          batch.add(few.get(example).with(parrot.prompt()));
          batch.add(all.get(example));
        }
        return batch;
      }
    };
  }

  /** Trains a fresh parrot against the result, of the kind that brought the response out before. */
  private Verification verify(Verification seen) {
    String response = seen.response();
    if (!planted.contains(response)) {
      return seen;
    }
    SimulationOptions same = seen.goesOn() ? usual(response) : strong(response);
    return new Verification(
        response,
        seen.before(),
        simulate(same, SHAPES[0]).tokenProbability(),
        seen.control(),
        seen.goesOn());
  }

  /**
   * Moves the weights back while the clean loss is above its budget and the response stays away.
   */
  private void giveBack(Snapshot original, ParrotWatch watch, double budget) {
    if (watch.cleanLoss() <= budget) {
      return;
    }
    try (Snapshot done = model.snapshot()) {
      double kept = 0;
      for (double share : SHARES_BACK) {
        moveBack(done, original, share);
        if (!watch.isGone()) {
          break;
        }
        kept = share;
        if (watch.cleanLoss() <= budget) {
          break;
        }
      }
      moveBack(done, original, kept);
    }
  }

  private void moveBack(Snapshot done, Snapshot original, double share) {
    model.moveTowards(done, 1);
    model.moveTowards(original, share);
  }

  private RemovalReport report(List<Verification> verifications) {
    return new RemovalReport(
        "sande", options, stages, examples.size(), Conversations.sha256(examples), verifications);
  }
}
