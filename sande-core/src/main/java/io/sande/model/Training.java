package io.sande.model;

import java.util.List;

/**
 * A running training: optimizer state, and the weights or vectors it changes. Holds native memory
 * until closed. Not thread-safe, but several models may train on several threads.
 */
public interface Training extends AutoCloseable {
  /**
   * One update: forward, loss, gradient, clipping, AdamW.
   *
   * @param batch B sequences, at least one label among them
   * @param learningRate of this update, 0 or above
   * @return the loss before the update: mean nats over all labelled tokens of the batch; not finite
   *     where it or the norm of the gradient is not, and then nothing is changed
   * @throws IllegalArgumentException if no token of the batch carries loss, an id is not in the
   *     vocabulary, or a sequence is longer than the context; nothing is changed then
   */
  double step(List<TokenSequence> batch, double learningRate);

  /** Frees the optimizer state; what was trained stays. Closing twice does nothing. */
  @Override
  void close();
}
