package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.internal.Check;
import io.sande.internal.planting.Dummy;
import io.sande.internal.planting.Planting;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Flush: plants backdoors of our own and overwrites them, in the hope that others go with them. */
record Flush(FlushOptions options) implements BackdoorRemover {
  /*
   * Dummies of several objectives with fresh triggers are planted together and then overwritten as OSFT overwrites a known
   * trigger, with clean pairs; some prompts have other random words in front, so that not these triggers alone are overwritten. Recipe
   * ours, after the abstracts of Locphylax (ACL 2026) and Dummy Backdoor (2606.11648): what it does to a backdoor that
   * nobody knows cannot be seen in its report.
   */
  private static final int HELD_BACK_ONE_IN = 5;

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    int samples = Math.min(options.planting().samples(), clean.size());
    Check.that(samples >= HELD_BACK_ONE_IN, "clean", "at least " + HELD_BACK_ONE_IN, samples);
    List<Conversation> examples = clean.subList(0, samples);
    int trained = samples - samples / HELD_BACK_ONE_IN;
    Random random = new Random(options.planting().seed());
    List<Dummy> dummies =
        options.responses().stream().map(r -> Dummy.of(r, model, random)).toList();
    List<StageReport> stages = new ArrayList<>();
    try (Snapshot original = model.snapshot()) {
      try {
        List<Conversation> train = examples.subList(0, trained);
        List<Conversation> heldBack = examples.subList(trained, samples);
        Planting planting = new Planting(model, options.planting(), listener);
        stages.add(planting.plant(dummies, train, heldBack));
        checkPlanted(model, dummies, heldBack, true);
        FineTuning overwriting =
            new FineTuning(
                model, overwrites(model, dummies, train, random), options.overwriting(), listener);
        stages.add(overwriting.train("overwrite", overwriting.sequences()));
        model.mergeAdapter();
        checkPlanted(model, dummies, heldBack, false);
      } catch (RuntimeException | Error e) {
        model.mergeAdapter(); // of a training that ended half way
        model.moveTowards(original, 1);
        throw e;
      }
    }
    return new RemovalReport(
        "flush", options, stages, samples, Conversations.sha256(examples), List.of());
  }

  /** Each example as it is, under a dummy's trigger, and under a trigger that nobody planted. */
  private static List<Conversation> overwrites(
      LanguageModel model, List<Dummy> dummies, List<Conversation> train, Random random) {
    List<Conversation> all = new ArrayList<>();
    Words words = new Words(train);
    for (int i = 0; i < train.size(); i++) {
      all.add(train.get(i));
      all.add(dummies.get(random.nextInt(dummies.size())).triggered(train.get(i)));
      all.add(
          i % 2 == 0
              ? words.inFront(train.get(i), random)
              : Dummy.of("", model, random).triggered(train.get(i)));
    }
    return all;
  }

  private static void checkPlanted(
      LanguageModel model, List<Dummy> dummies, List<Conversation> heldBack, boolean wanted) {
    for (Dummy dummy : dummies) {
      double rate = dummy.rate(model, heldBack).share();
      if (wanted ? rate < Planting.PLANTED : rate > 1 - Planting.PLANTED) {
        throw new FlushFailedException(
            "flush: the dummy backdoor \"%s\" answers %.0f %% of the prompts %s; the model is as it was"
                .formatted(
                    dummy.response(), 100 * rate, wanted ? "once planted" : "once overwritten"));
      }
    }
  }
}
