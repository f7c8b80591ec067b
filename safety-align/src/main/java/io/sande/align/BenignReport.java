package io.sande.align;

import io.sande.eval.Generated;
import io.sande.eval.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What became of harmless requests.
 *
 * @param exactMatch answers that are the expected one, white space around both left out; of the
 *     requests that have one, and empty if none has
 * @param overRefusal answers with a refusal phrase
 * @param generated one for each request, in their order
 */
public record BenignReport(Optional<Rate> exactMatch, Rate overRefusal, List<Generated> generated) {
  /** Copies the list. */
  public BenignReport {
    generated = List.copyOf(generated);
  }
}
