package io.sande.model;

import io.sande.internal.Check;

/**
 * The optimizer: AdamW with bias correction and decoupled decay of every trained tensor, after
 * clipping.
 *
 * @param beta1 decay of the first moment, at least 0 and below 1 (reference: 0.9)
 * @param beta2 decay of the second moment, at least 0 and below 1 (reference: 0.95)
 * @param epsilon added to the root of the second moment, above 0 (reference: 1e-8)
 * @param weightDecay share of the rate by which weights shrink in a step, 0 or above (reference: 0)
 * @param clip largest global norm of the gradient; infinite for no clipping (reference: 1.0)
 */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay, double clip) {
  /** The reference's values. */
  public static final AdamW DEFAULT = new AdamW(0.9, 0.95, 1e-8, 0, 1.0);

  /** Checks the ranges. */
  public AdamW {
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
    Check.positive("epsilon", epsilon);
    Check.notNegative("weightDecay", weightDecay);
    Check.that(clip > 0, "clip", "positive", clip);
  }
}
