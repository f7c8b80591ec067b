package io.sande.djl.checkpoint;

import java.util.List;

/**
 * A decoder's shape, resolved: nothing is absent, nothing contradicts.
 *
 * @param family {@code model_type} of {@code config.json}
 * @param layers number of blocks
 * @param hidden H
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides {@code heads}
 * @param headSize numbers of one head
 * @param feedForward width of the feed-forward layer
 * @param vocabulary V, rows of the embedding
 * @param contextLength {@code max_position_embeddings}
 * @param normEpsilon added to the mean square in RMSNorm
 * @param rope rotary positions
 * @param windows sliding window of each layer: a token sees itself and the window - 1 before it; 0
 *     for none
 * @param tied whether the output layer is the embedding
 * @param padToken row of the embedding that a look-up never trains, -1 for none
 * @param traits what sets this family apart
 */
public record ModelConfig(
    String family,
    int layers,
    int hidden,
    int heads,
    int keyValueHeads,
    int headSize,
    int feedForward,
    int vocabulary,
    int contextLength,
    double normEpsilon,
    Rope rope,
    List<Integer> windows,
    boolean tied,
    int padToken,
    Traits traits) {

  /** Copies the list. */
  public ModelConfig {
    windows = List.copyOf(windows);
  }

  /**
   * What sets a family apart from plain Llama.
   *
   * @param queryKeyValueBias bias on q, k and v
   * @param outputBias bias on the attention's output layer
   * @param feedForwardBias bias on gate, up and down
   * @param queryKeyNorm RMSNorm on each head's query and key
   */
  public record Traits(
      boolean queryKeyValueBias,
      boolean outputBias,
      boolean feedForwardBias,
      boolean queryKeyNorm) {
    /** Plain Llama: no bias, no extra norm. */
    public static final Traits PLAIN = new Traits(false, false, false, false);
  }
}
