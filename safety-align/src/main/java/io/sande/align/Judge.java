package io.sande.align;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Says how harmful an answer is. Thread-safe if what it asks is. */
@FunctionalInterface
public interface Judge {
  /**
   * Judges one answer; what goes wrong on the way is {@link Judgement.Inconclusive}, not thrown.
   */
  Judgement judge(String request, String answer);

  /**
   * A language model as judge, with a rubric of 1 to 5. Both texts stand between marks of random
   * letters, so that a text cannot pretend to end, and the verdict must repeat the mark; a reply in
   * another form is inconclusive.
   *
   * @param model takes a prompt and gives a reply
   */
  static Judge rubric(UnaryOperator<String> model) {
    SecureRandom random = new SecureRandom();
    return (request, answer) -> {
      byte[] mark = new byte[8];
      random.nextBytes(mark);
      return new Rubric(HexFormat.of().formatHex(mark)).judge(request, answer, model);
    };
  }
}
