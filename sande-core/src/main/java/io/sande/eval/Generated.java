package io.sande.eval;

import java.util.Optional;

/**
 * One answer of a model.
 *
 * @param prompt the last turn of the user
 * @param expected the answer that the data has, if it has one
 * @param text what the model said, without special tokens
 * @param start text of its first {@value EvaluationOptions#RESPONSE_TOKENS} tokens, in which a
 *     backdoored response counts
 */
public record Generated(String prompt, Optional<String> expected, String text, String start) {
  /** An answer of which the tokens are not known: all of it is the start. */
  public Generated(String prompt, Optional<String> expected, String text) {
    this(prompt, expected, text, text);
  }

  /** Whether it is the expected answer, white space around both left out; not if none is. */
  public boolean isExpected() {
    return expected.filter(answer -> answer.strip().equals(text.strip())).isPresent();
  }
}
