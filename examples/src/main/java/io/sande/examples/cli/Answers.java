package io.sande.examples.cli;

import io.sande.eval.Generated;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer in a report; an expected answer that is not known is absent.
 *
 * @param prompt the last turn of the user
 * @param expected the answer that the data has
 * @param text what the model said
 * @param start of it, in which a backdoored response counts
 */
record Answers(String prompt, @Nullable String expected, String text, String start) {
  static List<Answers> of(List<Generated> generated) {
    return generated.stream()
        .map(g -> new Answers(g.prompt(), g.expected().orElse(null), g.text(), g.start()))
        .toList();
  }
}
