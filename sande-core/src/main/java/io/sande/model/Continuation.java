package io.sande.model;

/**
 * A text that a model was led into, whatever the prompt, and how likely it found each token.
 *
 * @param tokens T token ids: those that were given and those that followed; an end of text is the
 *     last where one came. Not copied, so leave the array alone
 * @param probabilities of each token after those before it, mean over the prompts; [T]
 * @param low of each token, the second smallest over the prompts, so that one odd prompt does not
 *     decide; the only one where there is one; [T]
 */
@SuppressWarnings("ArrayRecordComponent") // many thousands are made, none is compared
public record Continuation(int[] tokens, double[] probabilities, double[] low) {}
