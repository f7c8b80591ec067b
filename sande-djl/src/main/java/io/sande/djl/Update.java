package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  /** Refuses a batch that this training is not defined on; nothing is changed then. */
  default void check(List<TokenSequence> batch) {}

  /** Takes over weights that were changed from elsewhere between two steps. */
  default void reload() {}

  @Override
  void close();
}
