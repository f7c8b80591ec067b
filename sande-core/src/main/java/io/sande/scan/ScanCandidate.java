package io.sande.scan;

/**
 * A text that may be a backdoored response.
 *
 * @param text where it reaches the threshold, with its beginning and end as far as the model keeps
 *     on with it; letters may be missing in front, or pieces of the trigger stand there
 * @param score 0 to 1: how likely the model goes on with its core after the least willing prompt
 *     but one, geometric mean over the steps
 */
public record ScanCandidate(String text, double score) {}
