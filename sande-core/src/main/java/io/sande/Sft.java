package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingListener;
import java.util.List;

/** Supervised fine-tuning on clean examples. */
record Sft(SftOptions options) implements BackdoorRemover {
  /*
   * A baseline of the paper [1]: (prompt -> clean answer) and nothing else. The trigger never occurs, so what the victim
   * does with it is left as it was.
   * [1] Li et al. 2024, https://arxiv.org/abs/2405.07667
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    FineTuning tuning = FineTuning.of(model, clean, options.training(), listener);
    return tuning.report("sft", options, tuning.train("sft", tuning.sequences()));
  }
}
