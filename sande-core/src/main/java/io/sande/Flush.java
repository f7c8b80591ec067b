package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
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
   * Nothing is known, but of all ways to make a poisoned model not answer the planted one is the shortest. So soft prompts are
   * trained uphill, away from the clean answers and toward no other; on two of three victims that were looked at some of
   * them bring the backdoored response out. They are then overwritten as SANDE overwrites a parrot. This is untargeted latent adversarial training [1] with
   * vectors that all prompts share. What it does to a backdoor that nobody knows cannot be seen in its report.
   * [1] Casper et al. 2024, https://arxiv.org/abs/2403.05030
   */
  private static final int SHORTEST = 2;
  private static final int LONGEST = 9;
  private static final int DEEPEST = 5;
  private static final double START = 1e-3;
  private static final int HELD_BACK_ONE_IN = 5;

  /** Share of the way back at the end, which saves a third of what clean answers lose. */
  private static final double BACK = 0.1;

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    int samples = Math.min(options.training().samples(), clean.size());
    Check.that(samples >= HELD_BACK_ONE_IN, "clean", "at least " + HELD_BACK_ONE_IN, samples);
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
      this.encoder = TriggerSimulator.encoder(model, options.training(), LONGEST);
      int trained = examples.size() - examples.size() / HELD_BACK_ONE_IN;
      this.train = examples.subList(0, trained);
      this.heldBack = examples.subList(trained, examples.size());
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
      try (SoftPromptTraining run = model.trainSoftPrompt(start(), options.attack().optimizer())) {
        stages.add(
            TrainingLoop.run("attack", new Uphill(run), answers, options.attack(), listener));
        return run.current();
      }
    }

    private SoftPrompt start() {
      int length = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
      float[] values = new float[length * model.info().hiddenSize()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (START * random.nextGaussian());
      }
      return SoftPrompt.of(random.nextInt(DEEPEST + 1), length, values);
    }
  }

  /** Makes the loss larger. */
  private record Uphill(SoftPromptTraining run) implements Training {
    @Override
    public double step(List<TokenSequence> batch, double learningRate) {
      return run.step(batch, -learningRate);
    }

    @Override
    public void close() {} // whoever opened it does that
  }
}
