package io.sande.report;

import io.sande.eval.EvaluationReport;
import io.sande.eval.Generated;
import io.sande.eval.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What one model answered.
 *
 * @param prompts answers to the prompts of interest, usually with a trigger in each
 * @param clean answers to prompts without a trigger, if there were any
 */
public record Measured(EvaluationReport prompts, Optional<EvaluationReport> clean) {
  /** The share that {@code metric} is, where it was measured. */
  public Optional<Rate> rate(Metric metric) {
    return metric.of(this);
  }

  /** Refuses {@code earlier} answers unless they are to the same prompts in the same order. */
  void checkSamePrompts(Measured earlier) {
    checkSame("prompt", prompts.generated(), earlier.prompts.generated());
    if (clean.isPresent() && earlier.clean.isPresent()) {
      checkSame("clean prompt", clean.get().generated(), earlier.clean.get().generated());
    }
  }

  /** Refuses {@code earlier} answers whose prompts or expected answers are not those of now. */
  static void checkSame(String name, List<Generated> now, List<Generated> earlier) {
    if (now.size() != earlier.size()) {
      throw new IllegalArgumentException(
          "the report before has %d %ss, this one %d; evaluate the same file"
              .formatted(earlier.size(), name, now.size()));
    }
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).prompt().equals(earlier.get(i).prompt())
          || !now.get(i).expected().equals(earlier.get(i).expected())) {
        throw new IllegalArgumentException(
            "%s %d is another one in the report before; evaluate the same file"
                .formatted(name, i + 1));
      }
    }
  }
}
