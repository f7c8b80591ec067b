package io.sande.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import io.sande.djl.checkpoint.StoredTensor;
import io.sande.djl.checkpoint.TensorEntry;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.djl.kernel.Kernel;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stored tensors into a model's memory: straight into the tensor where the file has its dtype and
 * it lies in the processor's memory, else through a part that stays in the cache.
 *
 * <p>Files are read, not mapped: pages of a mapped file count as memory until the JVM gives them
 * back, and a file that is cut short meanwhile would end the process.
 */
record TensorReader(Memory memory, DType dtype, NDManager owner) {
  private static final int SLICE = 1 << 22; // bytes
  private static final int BUFFER = 1 << 20; // numbers
  private static final int THREADS = Math.min(8, Runtime.getRuntime().availableProcessors());

  /**
   * All of {@code tensors}, several at a time: the first touch of fresh memory takes longer than
   * the files, and processors share it. When this returns or throws, no thread reads any more.
   */
  NDList readAll(List<StoredTensor> tensors) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<NDArray>> reads =
          tensors.stream().map(tensor -> threads.submit(() -> read(tensor))).toList();
      NDList all = new NDList(reads.size());
      for (Future<NDArray> read : reads) {
        all.add(await(read));
      }
      return all;
    } finally {
      threads.shutdownNow();
      Uninterruptibles.awaitTerminationUninterruptibly(threads);
    }
  }

  private static NDArray await(Future<NDArray> read) throws IOException {
    try {
      return read.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException e) {
      Throwables.throwIfInstanceOf(e.getCause(), IOException.class);
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException(e);
    }
  }

  /** One tensor; it belongs to the owner. */
  NDArray read(StoredTensor tensor) throws IOException {
    TensorEntry entry = tensor.entry();
    NDArray read = memory.empty(owner, new Shape(entry.shape()), dtype);
    boolean straight = stored(entry) == dtype && owner.getDevice().equals(Device.cpu());
    try (NDManager scope = owner.newSubManager(Device.cpu())) {
      if (straight) {
        fill(tensor, read, scope);
      } else {
        convert(tensor, read, scope);
      }
    }
    return read;
  }

  private void fill(StoredTensor tensor, NDArray into, NDManager scope) throws IOException {
    int size = dtype.size();
    for (long at = 0; at < tensor.entry().bytes(); at += SLICE) {
      long end = Math.min(tensor.entry().bytes(), at + SLICE);
      try (NDArray part = slice(into, at / size, end / size, scope)) {
        tensor.read(at, Kernel.bytes(part));
      }
    }
  }

  private void convert(StoredTensor tensor, NDArray into, NDManager scope) throws IOException {
    DType stored = stored(tensor.entry());
    Memory engine = new Memory(memory.kernel(), null);
    NDArray buffer = engine.empty(scope, new Shape(BUFFER), stored);
    long numbers = into.getShape().size();
    for (long at = 0; at < numbers; at += BUFFER) {
      long end = Math.min(numbers, at + BUFFER);
      try (NDArray from = slice(buffer, 0, end - at, scope);
          NDArray to = slice(into, at, end, scope)) {
        tensor.read(at * stored.size(), Kernel.bytes(from));
        Arguments arguments =
            new Arguments().list(List.of(to)).list(List.of(from)).tensor(scope.create(1.0));
        memory.kernel().call(scope, "move", arguments).close();
      }
    }
  }

  /** Elements {@code begin} to {@code end} of a tensor, in its own memory. */
  private NDArray slice(NDArray tensor, long begin, long end, NDManager scope) {
    Arguments arguments =
        new Arguments().tensor(tensor).tensor(scope.create(new long[] {begin, end}));
    return memory.kernel().call(scope, "slice", arguments).singletonOrThrow();
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
