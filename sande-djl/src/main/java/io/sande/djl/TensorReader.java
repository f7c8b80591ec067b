package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.checkpoint.StoredTensor;
import io.sande.djl.checkpoint.TensorEntry;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Stored tensors into a model's memory, through a buffer that stays in the processor's cache.
 *
 * <p>Files are read, not mapped: pages of a mapped file count as memory until the JVM gives them
 * back, and a file that is cut short meanwhile would end the process.
 */
final class TensorReader {
  private static final int SLICE = 1 << 21; // a whole number of every dtype

  private final Memory memory;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(SLICE);

  TensorReader(Memory memory) {
    this.memory = memory;
  }

  /** The tensor in {@code dtype}; it belongs to {@code owner}. */
  NDArray read(StoredTensor tensor, DType dtype, NDManager owner) throws IOException {
    TensorEntry entry = tensor.entry();
    NDArray read = memory.empty(owner, new Shape(entry.shape()), dtype);
    DType stored = stored(entry);
    for (long at = 0; at < entry.bytes(); at += SLICE) {
      buffer.clear().limit((int) Math.min(SLICE, entry.bytes() - at));
      tensor.read(at, buffer);
      buffer.flip();
      try (NDManager scope = owner.newSubManager()) {
        Arguments arguments =
            new Arguments()
                .tensor(scope.create(buffer, new Shape(buffer.limit()), DataType.INT8))
                .tensor(read)
                .tensor(scope.create(new long[] {stored.code(), at / stored.size()}));
        memory.kernel().call(scope, "read", arguments).close();
      }
    }
    return read;
  }

  /** What the file has, by the code of libtorch. */
  static DType stored(TensorEntry entry) {
    return switch (entry.dtype()) {
      case F32 -> DType.FLOAT32;
      case F16 -> DType.FLOAT16;
      case BF16 -> DType.BFLOAT16;
      default -> throw new IllegalStateException(entry + " is no weight");
    };
  }
}
