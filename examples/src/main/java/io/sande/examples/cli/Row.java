package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.model.ChatTokenizer;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.util.Arrays;

/**
 * What training sees of one example.
 *
 * @param text all turns as the chat template renders them
 * @param ids of all tokens
 * @param labels the id where it carries loss, {@link Labels#IGNORED} elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // written to a report and never compared
record Row(String text, int[] ids, int[] labels) {
  static Row of(Conversation example, ChatEncoder encoder, ChatTokenizer tokenizer) {
    TokenSequence sequence = encoder.encodeWhole(example);
    return new Row(
        tokenizer.render(example.messages(), false),
        sequence.ids(),
        sequence.labels().aligned(sequence.ids()));
  }

  /** Whether token {@code t} carries loss. */
  boolean isCounted(int t) {
    return labels[t] != Labels.IGNORED;
  }

  /** How many tokens carry loss. */
  long counted() {
    return Arrays.stream(labels).filter(label -> label != Labels.IGNORED).count();
  }
}
