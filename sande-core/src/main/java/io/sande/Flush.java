package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.internal.Check;
import io.sande.internal.Split;
import io.sande.internal.attack.Attack;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.Pace;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Flush: overwrites whatever takes a model farthest from its clean answers. */
record Flush(FlushOptions options) implements BackdoorRemover {
  /*
   * Soft prompts that lead away from the clean answers are overwritten as SANDE overwrites a parrot. What it does to a backdoor
   * that nobody knows cannot be seen in its report.
   */
  /** Share of the way back at the end, which saves a third of what clean answers lose. */
  private static final double BACK = 0.1;

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    int samples = Math.min(options.training().samples(), clean.size());
    Check.that(samples >= Split.ONE_IN, "clean", "at least " + Split.ONE_IN, samples);
    return new Run(model, clean.subList(0, samples), listener).run();
  }

  /** One flush of one model. */
  private final class Run {
    private final LanguageModel model;
    private final List<Conversation> examples;
    private final List<Conversation> train;
    private final List<Conversation> heldBack;
    private final TrainingListener listener;
    private final ChatEncoder encoder;
    private final Random random = new Random(options.training().seed());
    private final List<Parrot> against = new ArrayList<>();
    private final List<StageReport> stages = new ArrayList<>();

    Run(LanguageModel model, List<Conversation> examples, TrainingListener listener) {
      this.model = model;
      this.examples = examples;
      this.listener = listener;
      this.encoder = TriggerSimulator.encoder(model, options.training(), Attack.LONGEST);
      Split<Conversation> split = Split.ofLastFifth(examples);
      this.train = split.train();
      this.heldBack = split.heldBack();
    }

    RemovalReport run() {
      encoder.encodeAll(examples, 1); // refuses here what could not be trained on
      model.mergeAdapter();
      try (Snapshot original = model.snapshot()) {
        try {
          change();
          model.moveTowards(original, BACK);
        } catch (RuntimeException | Error e) {
          model.mergeAdapter(); // of a training that ended half way
          model.moveTowards(original, 1);
          throw e;
        }
      }
      return new RemovalReport(
          "flush", options, stages, examples.size(), Conversations.sha256(examples), List.of());
    }

    private void change() {
      List<TokenSequence> answers = encoder.encodeAll(train, options.countedTokens());
      ParrotWatch watch = new ParrotWatch(model, encoder, heldBack, against);
      List<AnsweredPrompt> rehearsal = Rehearsal.of(model, encoder, train, List.of(), random);
      EliminationBatches.Mix mix =
          new EliminationBatches.Mix(
              options.countedTokens(),
              options.training().batchSize(),
              EliminationBatches.NO_RECOVERY,
              options.training().seed());
      EliminationBatches batches = new EliminationBatches(encoder, train, rehearsal, against, mix);
      for (int round = 1; round <= options.elimination().rounds(); round++) {
        for (int i = 0; i < options.prompts(); i++) {
          against.add(Parrot.ofNoResponse(attack(answers)));
        }
        eliminate(watch, batches);
      }
    }

    private void eliminate(ParrotWatch watch, EliminationBatches batches) {
      Elimination.Adaptive how = options.elimination();
      int batch = options.training().batchSize();
      int epoch = (train.size() + batch - 1) / batch;
      Pace pace = new GrowingRate(how, watch, how.epochs() * epoch / how.rounds());
      try (Training run = model.train(how.weights(), options.training().optimizer())) {
        stages.add(TrainingLoop.run("eliminate", run, batches, pace, listener));
      }
      model.mergeAdapter();
    }

    /** A soft prompt that makes clean answers unlikely. */
    private SoftPrompt attack(List<TokenSequence> answers) {
      try (Attack attack = new Attack(model, options.attack().optimizer(), random)) {
        stages.add(attack.train(answers, options.attack(), listener));
        return attack.prompt();
      }
    }
  }
}
