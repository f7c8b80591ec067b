package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.train.TrainingListener;
import java.util.List;

/** Fine-mixing: weights of a clean model in place of those that changed most, then fine-tuning. */
record FineMixing(FineMixingOptions options, LanguageModel cleanModel) implements BackdoorRemover {
  /*
   * Fine-mixing draws at random which weights become those of the clean model [1]. The SANDE repository, whose comparison
   * this is, takes in each tensor those that lie farthest from the clean model's [2], and so does this.
   * [1] Zhang et al. 2022, https://arxiv.org/abs/2210.09545   [2] HKUST-KnowComp/SANDE
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    FineTuning tuning = FineTuning.of(model, clean, options.training(), listener);
    List<TokenSequence> sequences = tuning.sequences(); // bad examples show before weights change
    try (Snapshot origin = cleanModel.snapshot()) {
      model.restoreMostChanged(origin, options.quantile());
    }
    return tuning.report("fine-mixing", options, tuning.train("sft", sequences));
  }
}
