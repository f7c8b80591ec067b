package io.sande.djl.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the bytes of a tensor, piece by piece, from the first on. */
@FunctionalInterface
public interface ByteSink {
  /** Takes all that {@code bytes} has left; the caller may use the buffer again afterwards. */
  void accept(ByteBuffer bytes) throws IOException;
}
