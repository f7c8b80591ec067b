package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.kernel.DType;
import io.sande.model.AdamW;

/**
 * What AdamW keeps beside the parameters it changes.
 *
 * @param first running means of the gradient
 * @param second running means of its square
 * @param dtype of both
 * @param steps number of updates done, a float32 scalar
 */
record Moments(NDList first, NDList second, DType dtype, NDArray steps) {
  static Moments zeros(Decoder decoder, NDManager owner, NDList parameters, DType dtype) {
    return new Moments(
        decoder.memory().zeros(owner, parameters, dtype),
        decoder.memory().zeros(owner, parameters, dtype),
        dtype,
        owner.create(0f));
  }

  /** Rate and constants of one update, as the kernel takes them. */
  static NDArray hyper(NDManager scope, AdamW optimizer, double rate) {
    return scope.create(
        new double[] {
          rate,
          optimizer.beta1(),
          optimizer.beta2(),
          optimizer.epsilon(),
          optimizer.weightDecay(),
          optimizer.clip()
        });
  }
}
