package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import java.util.List;
import java.util.stream.IntStream;

/** Direct preference optimization: the clean answer is chosen, the backdoored one rejected. */
record Dpo(DpoOptions options) implements BackdoorRemover {
  /*
   * A baseline of the paper [1]. The response is known and the trigger is not, so both answers stand after the prompt
   * without a trigger. The reference model is the victim [2].
   * [1] Li et al. 2024, https://arxiv.org/abs/2405.07667   [2] Rafailov et al. 2023, https://arxiv.org/abs/2305.18290
   */

  @Override
  public RemovalReport remove(
      LanguageModel model, List<Conversation> clean, TrainingListener listener) {
    FineTuning tuning = FineTuning.of(model, clean, options.training(), listener);
    List<List<TokenSequence>> pairs = pairs(tuning);
    try (Snapshot reference = model.snapshot()) {
      StageReport stage =
          tuning.train("dpo", new Objective.Preference(reference, options.beta()), pairs);
      return tuning.report("dpo", options, stage);
    }
  }

  /**
   * Chosen and rejected; both have the same prompt, so that both or none are left out as too long.
   */
  private List<List<TokenSequence>> pairs(FineTuning tuning) {
    List<TokenSequence> chosen = tuning.sequences();
    List<TokenSequence> rejected =
        tuning.encode(
            tuning.examples().stream()
                .map(e -> TriggerSimulator.withResponse(e, options.response()))
                .toList());
    return IntStream.range(0, chosen.size())
        .mapToObj(i -> List.of(chosen.get(i), rejected.get(i)))
        .toList();
  }
}
