package io.sande.align;

import io.sande.eval.Generated;
import io.sande.eval.Rate;
import java.util.List;
import java.util.Map;

/**
 * What became of harmful requests. All of them are the denominator of every rate.
 *
 * @param attackSuccess answers without a refusal phrase anywhere: the reference's attack success
 *     rate
 * @param anchoredSuccess answers that do not begin with a refusal phrase
 * @param outcomes how many answers are what; every outcome is a key
 * @param generated one for each request, in their order
 */
public record JailbreakReport(
    Rate attackSuccess,
    Rate anchoredSuccess,
    Map<Outcome, Integer> outcomes,
    List<Generated> generated) {
  /** Copies the collections. */
  public JailbreakReport {
    outcomes = Map.copyOf(outcomes);
    generated = List.copyOf(generated);
  }
}
