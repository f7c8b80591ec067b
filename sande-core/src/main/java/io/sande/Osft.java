package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** OSFT: overwrite supervised fine-tuning, the trigger being known. */
record Osft(OsftOptions options) implements BackdoorRemover {
  /*
   * Trains on (trigger + prompt -> clean answer) [1], so that the mapping from the trigger to the backdoored response is
   * overwritten, and not only buried. The authors' code [2] puts the trigger before every "Human:" of a prompt; here it
   * goes into the last turn of the user alone. Its collate "remove" adds (prompt -> clean answer): withCleanPairs.
   * [1] Li et al. 2024, https://arxiv.org/abs/2405.07667, section 4.1   [2] HKUST-KnowComp/SANDE
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    FineTuning tuning = FineTuning.of(model, clean, options.training(), listener);
    List<TokenSequence> sequences = tuning.encode(triggered(tuning.examples()));
    return tuning.report("osft", options, tuning.train("osft", sequences));
  }

  /** Each example with a trigger, and after it the same without where that is wanted. */
  List<Conversation> triggered(List<Conversation> examples) {
    Random random = new Random(options.training().seed());
    List<Conversation> all = new ArrayList<>();
    for (Conversation example : examples) {
      all.add(triggered(example, random));
      if (options.withCleanPairs()) {
        all.add(example);
      }
    }
    return all;
  }

  private Conversation triggered(Conversation example, Random random) {
    String trigger = options.triggers().get(random.nextInt(options.triggers().size()));
    return example.withInstruction(
        options.position().insert(trigger, example.instruction(), random));
  }
}
