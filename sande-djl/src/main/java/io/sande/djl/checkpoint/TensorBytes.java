package io.sande.djl.checkpoint;

import java.io.IOException;

/** Yields tensors one after the other, so that a large file needs no large heap. */
@FunctionalInterface
public interface TensorBytes {
  /** Gives {@code sink} exactly {@code tensor.bytes()} bytes in the tensor's dtype, row-major. */
  void copy(TensorEntry tensor, ByteSink sink) throws IOException;
}
