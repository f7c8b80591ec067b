package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;

/** SANDE: simulate the unknown trigger by a parrot prompt, then overwrite the parrot. */
record Sande(SandeOptions options) implements BackdoorRemover {
  /*
   * 1. Simulate: one parrot for each response, see TriggerSimulator. 2. Eliminate: the parrot fixed, the weights are trained
   * toward the clean answer, loss on its first ten tokens [1]. Fixed does this as the reference [2]; what adaptive adds
   * is ours, see AdaptiveElimination. 3. Verify: a fresh parrot is trained against the result.
   * [1] Li et al. 2024, https://arxiv.org/abs/2405.07667, section 4.3   [2] HKUST-KnowComp/SANDE
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    Check.that(!clean.isEmpty(), "clean", "at least one example", "none");
    int hidden = model.info().hiddenSize();
    for (SoftPrompt parrot : options.parrots()) {
      Check.that(
          parrot.hiddenSize() == hidden, "parrot", "of hidden size " + hidden, parrot.hiddenSize());
    }
    int samples = Math.min(options.training().samples(), clean.size());
    List<Conversation> examples = clean.subList(0, samples);
    return options.elimination() instanceof Elimination.Adaptive adaptive
        ? new AdaptiveElimination(model, options, adaptive, examples, listener).run()
        : fixed(model, examples, listener);
  }

  private RemovalReport fixed(
      LanguageModel model, List<Conversation> examples, TrainingListener listener) {
    List<StageReport> stages = new ArrayList<>();
    List<SoftPrompt> parrots = new ArrayList<>(options.parrots());
    if (parrots.isEmpty()) {
      for (String response : options.responses()) {
        Simulation simulation = simulator(response).simulate(model, examples, listener);
        parrots.add(simulation.parrot());
        stages.addAll(simulation.stages());
      }
    }
    Parrots fresh = Parrots.of(model, options, examples, listener);
    Verifier verifier = new Verifier(fresh);
    List<Verification> seen =
        options.verify() ? options.responses().stream().map(verifier::look).toList() : List.of();
    TrainingOptions training = options.training();
    List<TokenSequence> sequences = underParrots(model, examples, parrots);
    try (Training run = model.train(training.weights(), training.optimizer())) {
      stages.add(TrainingLoop.run("eliminate", run, sequences, training, listener));
    }
    fresh.forget();
    List<Verification> verifications = seen.stream().map(verifier::again).toList();
    return new RemovalReport(
        "sande", options, stages, examples.size(), Conversations.sha256(examples), verifications);
  }

  /** As the reference trains a parrot: no epoch more than was asked for. */
  private TriggerSimulator simulator(String response) {
    SimulationOptions asked = options.simulation();
    return new TriggerSimulator(
        asked.toBuilder().response(response).mostEpochs(asked.training().epochs()).build());
  }

  /** Each example under each parrot, loss on the first tokens of its clean answer. */
  private List<TokenSequence> underParrots(
      LanguageModel model, List<Conversation> examples, List<SoftPrompt> parrots) {
    ChatEncoder encoder =
        TriggerSimulator.encoder(model, options.training(), parrots.get(0).length());
    List<TokenSequence> plain = encoder.encodeAll(examples, options.countedTokens());
    return plain.stream().flatMap(sequence -> parrots.stream().map(sequence::with)).toList();
  }
}
