package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.model.Weights;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import java.util.List;

/** Neural attention distillation: a fine-tuned copy of the victim teaches the victim. */
record Nad(NadOptions options) implements BackdoorRemover {
  /*
   * The teacher is the victim after one epoch on the clean examples; the student is the victim, trained on the same
   * examples to attend as the teacher does [1]. The method is one for image models, whose attention maps are over pixels;
   * here they are over positions, see Objective.AttentionDistillation.
   * [1] Li et al. 2021, https://arxiv.org/abs/2101.05930
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    FineTuning tuning = FineTuning.of(model, clean, options.training(), listener);
    List<TokenSequence> sequences = tuning.sequences();
    attachAdapter(model);
    try (Snapshot victim = model.snapshot()) {
      StageReport teach = tuning.once().train("teacher", sequences);
      try (Snapshot teacher = model.snapshot()) {
        model.moveTowards(victim, 1);
        Objective objective = new Objective.AttentionDistillation(teacher, options.beta());
        StageReport distil =
            tuning.train("distil", objective, sequences.stream().map(List::of).toList());
        return tuning.report("nad", options, teach, distil);
      }
    }
  }

  /** An adapter that is to be trained must be part of the snapshot that is restored. */
  private void attachAdapter(LanguageModel model) {
    if (options.training().weights() instanceof Weights.Lora lora) {
      model.train(lora, options.training().optimizer()).close();
    }
  }
}
