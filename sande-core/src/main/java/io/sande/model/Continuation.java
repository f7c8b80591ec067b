package io.sande.model;

/**
 * A text that a model was led into, whatever the prompt, and how likely it found each token.
 *
 * @param tokens T token ids: those that were given and those that followed; an end of text is the
 *     last where one came. Not copied, so leave the array alone
 * @param probabilities of each token after those before it, mean over the prompts; [T]
 * @param lowest of each token, the smallest over the prompts; [T]
 */
@SuppressWarnings("ArrayRecordComponent") // many thousands are made, none is compared
public record Continuation(int[] tokens, double[] probabilities, double[] lowest) {}
