package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.kernel.Arguments;
import io.sande.model.TokenSequence;
import java.util.List;

/** What a step minimizes: which of the kernel's methods it calls, and what that takes last. */
interface Loss {
  /** Refuses batches that this loss is not defined on. */
  default void check(List<TokenSequence> batch) {}

  /**
   * Runs one step.
   *
   * @param method the step of the kind of weights that are trained
   * @param arguments of that step but for its last, the goal
   * @return the loss before the step, a scalar owned by {@code scope}
   */
  NDArray step(NDManager scope, PackedBatch batch, String method, Arguments arguments);

  /** Cross entropy. */
  static Loss crossEntropy(Decoder decoder) {
    return (scope, batch, method, arguments) ->
        decoder
            .kernel()
            .call(scope, method, arguments.list(crossEntropy(scope)))
            .singletonOrThrow();
  }

  /** The goal of cross entropy, as the kernel takes it. */
  static NDList crossEntropy(NDManager scope) {
    return new NDList(scope.create(new double[] {0, 0}));
  }
}
