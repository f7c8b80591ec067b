package io.sande.model;

/**
 * What a model is.
 *
 * @param architecture family as its {@code config.json} names it, such as {@code llama}
 * @param parameters trained numbers; a tied matrix counts once
 * @param layers blocks of attention and feed-forward
 * @param hiddenSize H, numbers of one token's vector
 * @param vocabularySize V, rows of the embedding
 * @param contextLength most tokens of one sequence, prompt and answer together
 * @param dtype what the engine computes in: {@code float32} or {@code bfloat16}
 */
public record ModelInfo(
    String architecture,
    long parameters,
    int layers,
    int hiddenSize,
    int vocabularySize,
    int contextLength,
    String dtype) {}
