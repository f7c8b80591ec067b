package io.sande.align;

/**
 * What a guarded model says.
 *
 * @param text the answer, or the fixed text that stands in its place
 * @param withheld whether the model's own answer had a run of the secret
 */
public record GuardedAnswer(String text, boolean withheld) {}
