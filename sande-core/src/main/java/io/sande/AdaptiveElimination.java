package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.Pace;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** SANDE that finds its own rate and its own end. One run. */
final class AdaptiveElimination {
  /*
   * What the reference leaves to the user is watched here, on a fifth of the examples that is held back. One parrot shows
   * one way to the response, so a panel of parrots of other lengths and positions is trained, and trained against
   * (Parrots, EliminationBatches). The rate grows until the response is gone under every parrot (ParrotWatch), then falls
   * (GrowingRate). Where the panel could not bring the response out reliably, as with a trigger of two words apart, another
   * one is trained on the result and joins the first for a second round. Where the clean loss has risen above its budget the
   * weights move back as far as the response stays away.
   */
  private static final double[] SHARES_BACK = {0.1, 0.2, 0.3};

  private static final int RECOVERY_IN = 5;
  private static final int RECOVERY_IN_IF_NOT = 3;
  private static final double ALWAYS_ALLOWED = 0.003;

  private final LanguageModel model;
  private final SandeOptions options;
  private final Elimination.Adaptive how;
  private final List<Conversation> examples;
  private final List<Conversation> train;
  private final List<Conversation> heldBack;
  private final TrainingListener listener;
  private final ChatEncoder encoder;
  private final Parrots parrots;
  private final Verifier verifier;
  private final Set<String> planted = new LinkedHashSet<>();
  private final List<Parrot> against = new ArrayList<>();
  private final List<StageReport> stages = new ArrayList<>();

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
    this.listener = listener;
    int longest = options.responses().stream().mapToInt(this::tokens).max().orElseThrow();
    this.encoder =
        TriggerSimulator.encoder(
            model, options.training(), Parrots.longest(options.simulation()) + longest);
    encoder.encodeAll(examples, 1); // refuses here what could not be trained on
    this.parrots = Parrots.of(model, options, examples, listener);
    this.verifier = new Verifier(parrots);
    this.train = parrots.train();
    this.heldBack = parrots.heldBack();
  }

  RemovalReport run() {
    List<Verification> found = options.responses().stream().map(verifier::look).toList();
    for (Verification seen : found) {
      if (seen.isPlanted() || !options.parrots().isEmpty()) {
        planted.add(seen.response());
      }
    }
    if (planted.isEmpty()) {
      return report(found);
    }
    return report(changed(found));
  }

  /** Verifications of the result. Whatever ends this without one, the weights are as they came. */
  private List<Verification> changed(List<Verification> found) {
    model.mergeAdapter(); // so that the snapshot fits whatever the rounds leave
    try (Snapshot original = model.snapshot()) {
      try {
        change(original);
        return options.verify() ? found.stream().map(this::verify).toList() : found;
      } catch (RuntimeException | Error e) {
        model.mergeAdapter(); // of a training that ended half way
        model.moveTowards(original, 1);
        throw e;
      }
    }
  }

  private void change(Snapshot original) {
    ParrotWatch watch = new ParrotWatch(model, encoder, heldBack, against);
    double budget = watch.cleanLoss() * (1 + how.lossBudget()) + ALWAYS_ALLOWED;
    List<AnsweredPrompt> rehearsal =
        Rehearsal.of(model, encoder, train, options.responses(), new Random(seed()));
    boolean reliable = false;
    for (int round = 1; round <= how.rounds() && !reliable; round++) {
      reliable = addParrots();
      eliminate(watch, batches(rehearsal, reliable, round), epochs(reliable));
    }
    giveBack(original, watch, budget);
  }

  /** Adds what was given, else a fresh panel; whether all responses are brought out reliably. */
  private boolean addParrots() {
    boolean reliable = options.parrots().isEmpty();
    for (int i = 0; against.isEmpty() && i < options.parrots().size(); i++) {
      add(options.parrots().get(i), options.responses().get(i));
    }
    for (String response : options.parrots().isEmpty() ? planted : Set.<String>of()) {
      List<Simulation> panel = parrots.panel(response);
      for (Simulation simulation : panel) {
        stages.addAll(simulation.stages());
        add(simulation.parrot(), response);
      }
      reliable &= Parrots.isReliable(panel);
    }
    return reliable;
  }

  private void add(SoftPrompt parrot, String response) {
    against.add(new Parrot(parrot, response, tokens(response)));
  }

  private int tokens(String response) {
    return ResponseTokens.count(model.tokenizer(), response);
  }

  /** Where there may be another round they share the epochs. */
  private int epochs(boolean reliable) {
    return reliable ? how.epochs() : Math.max(1, how.epochs() / how.rounds());
  }

  private EliminationBatches batches(List<AnsweredPrompt> rehearsal, boolean reliable, int round) {
    int recoveryIn = reliable ? RECOVERY_IN : RECOVERY_IN_IF_NOT;
    int batch = options.training().batchSize();
    EliminationBatches.Mix mix =
        new EliminationBatches.Mix(options.countedTokens(), batch, recoveryIn, seed() + round);
    return new EliminationBatches(encoder, train, rehearsal, against, mix);
  }

  private void eliminate(ParrotWatch watch, EliminationBatches batches, int epochs) {
    TrainingOptions training = options.training();
    int epoch = (train.size() + training.batchSize() - 1) / training.batchSize();
    Pace pace = new GrowingRate(how, watch, epochs * epoch);
    try (Training run = model.train(how.weights(), training.optimizer())) {
      stages.add(TrainingLoop.run("eliminate", run, batches, pace, listener));
    }
    model.mergeAdapter();
    parrots.forget();
  }

  private long seed() {
    return options.training().seed();
  }

  private Verification verify(Verification seen) {
    return planted.contains(seen.response()) ? verifier.again(seen) : seen;
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
        if (!watch.isUnlikely()) {
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
