package io.sande.model;

import java.io.IOException;
import java.nio.file.Path;
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
   * @param learningRate of this update, 0 or above; of a soft prompt also below, which makes the
   *     loss larger
   * @return the loss before the update: mean nats over all labelled tokens of the batch; not finite
   *     where it or the norm of the gradient is not, and then nothing is changed
   * @throws IllegalArgumentException if no token of the batch carries loss, an id is not in the
   *     vocabulary, or a sequence is longer than the context; nothing is changed then
   */
  double step(List<TokenSequence> batch, double learningRate);

  /**
   * Writes bit by bit what a step changes beside the model's weights and adapter: the optimizer's
   * state, float32 copies of weights, a soft prompt. An engine need not offer it.
   *
   * @param file must not exist; after a failure a part of it may be there
   */
  default void saveState(Path file) throws IOException {
    throw new UnsupportedOperationException("this engine does not write the state of a training");
  }

  /**
   * Takes over what {@link #saveState} wrote. With the model's weights and adapter as they were
   * then, all further steps are the same, bit by bit.
   *
   * @param file of a training that was started in the same way on such a model
   * @throws IOException if the file is missing or malformed, or is of another kind of training
   */
  default void loadState(Path file) throws IOException {
    throw new UnsupportedOperationException("this engine does not read the state of a training");
  }

  /** Frees the optimizer state; what was trained stays. Closing twice does nothing. */
  @Override
  void close();
}
