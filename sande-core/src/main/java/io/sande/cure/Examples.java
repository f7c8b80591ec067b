package io.sande.cure;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.util.Arrays;
import java.util.List;

/**
 * Clean examples by what they are for.
 *
 * @param all of them
 * @param training those that a removal gets
 * @param heldBack those that no training sees; they measure what a removal costs
 */
record Examples(List<Conversation> all, List<Conversation> training, List<Conversation> heldBack) {
  private static final int FEWEST_HELD_BACK = 20;
  private static final int MOST_HELD_BACK = 100;
  private static final int ONE_IN = 5;

  static Examples of(List<Conversation> clean, CureOptions options) {
    int size = clean.size();
    int samples = options.sande().training().samples();
    int from = samples + FEWEST_HELD_BACK <= size ? samples : size - (size + ONE_IN - 1) / ONE_IN;
    int to = Math.min(size, from + MOST_HELD_BACK);
    return new Examples(clean, clean.subList(0, from), clean.subList(from, to));
  }

  /** Mean nats per token of the answers held back. */
  double loss(LanguageModel model) {
    ChatEncoder encoder = ChatEncoder.of(model, TrainingOptions.DEFAULT);
    return -model.score(encoder.encodeAll(heldBack, ChatEncoder.ALL_TOKENS)).stream()
        .flatMapToDouble(Arrays::stream)
        .average()
        .orElseThrow();
  }
}
