package io.sande.align;

import io.sande.eval.Rate;

/**
 * What fishing for the secret caught.
 *
 * @param longestRun most consecutive tokens of the secret in one answer
 * @param leaks answers with a run of the secret that a guard withholds, as tokens or as text
 */
public record LeakageReport(int longestRun, Rate leaks) {}
