package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sande.internal.Check;
import io.sande.model.TokenSequence;
import java.util.List;

/** One kind of training: what a step changes, and what it keeps in native memory. */
interface Update extends AutoCloseable {
  /**
   * Changes the trained tensors by one step.
   *
   * @param hyper rate and constants of the optimizer
   * @return the loss before the step, a scalar owned by {@code scope}
   */
  NDArray apply(NDManager scope, PackedBatch batch, NDArray hyper);

  /** Whether a rate below 0 is allowed, which makes the loss larger. */
  default boolean mayGoUphill() {
    return false;
  }

  /** Refuses a batch that this training is not defined on; nothing is changed then. */
  default void check(List<TokenSequence> batch) {}

  /** Takes over weights that were changed from elsewhere between two steps. */
  default void reload() {}

  /** Number of updates done, and all that they keep. */
  Moments moments();

  /** The tensors that a step changes beside the moments, the model's weights and its adapter. */
  default State state(State state) {
    return state;
  }

  /** The tokens whose rows are kept instead of a whole embedding, in the order of the rows. */
  default int[] touched() {
    return new int[0];
  }

  /** Makes room for the rows of {@code tokens}, before numbers are read into them. */
  default void touch(int[] tokens) {
    Check.that(tokens.length == 0, "tokens", "none", tokens.length);
  }

  @Override
  void close();
}
