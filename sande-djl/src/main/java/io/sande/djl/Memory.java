package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.djl.kernel.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the tensors of a model live: in the engine's memory, or the large ones in mapped files,
 * which the system writes out and reads again as it needs memory.
 *
 * @param kernel of the model
 * @param folder of the files; null for the engine's memory
 */
record Memory(Kernel kernel, @Nullable Path folder) {
  private static final int MIB = 1 << 20;
  private static final int LARGE = 1 << 16;

  /** A tensor of any content; it belongs to {@code owner}. */
  NDArray empty(NDManager owner, Shape shape, DType dtype) {
    return folder == null || bytes(shape, dtype) < LARGE
        ? call(owner, "empty", new NDList(owner.create(shape.getShape()), code(owner, dtype)))
        : mapped(owner, shape, dtype, folder);
  }

  /** Zeros in the shapes of {@code like}; they belong to {@code owner}. */
  NDList zeros(NDManager owner, List<NDArray> like, DType dtype) {
    NDList zeros = new NDList();
    for (NDArray tensor : like) {
      zeros.add(zeros(owner, tensor, dtype));
    }
    return zeros;
  }

  private NDArray zeros(NDManager owner, NDArray like, DType dtype) {
    if (folder != null && bytes(like.getShape(), dtype) >= LARGE) {
      return mapped(owner, like.getShape(), dtype, folder);
    }
    try (NDArray code = code(owner, dtype)) {
      Arguments arguments = new Arguments().list(List.of(like)).tensor(code);
      return kernel.call(owner, "zeros", arguments).singletonOrThrow();
    }
  }

  /**
   * A file of zeros has no name any more when this returns: its space is free when it is unmapped.
   */
  private NDArray mapped(NDManager owner, Shape shape, DType dtype, Path directory) {
    try {
      Path file = Files.createTempFile(directory, "sande-", ".tensor");
      try {
        fill(file, bytes(shape, dtype));
        byte[] path = file.toString().getBytes(StandardCharsets.UTF_8);
        long[] codes = new long[path.length];
        for (int i = 0; i < path.length; i++) {
          codes[i] = path[i] & 0xff;
        }
        NDList arguments =
            new NDList(owner.create(shape.getShape()), code(owner, dtype), owner.create(codes));
        return call(owner, "mapped", arguments);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "offload to "
              + directory
              + ": no file of %,d bytes could be made; name a folder with more room"
                  .formatted(bytes(shape, dtype)),
          e);
    }
  }

  /** Zeros that are written out: a full disk is told here, where it can be told. */
  private static void fill(Path file, long bytes) throws IOException {
    ByteBuffer zeros =
        ByteBuffer.allocate(MIB); // a direct one would stay until the next collection
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long at = 0; at < bytes; at += zeros.limit()) {
        zeros.clear().limit((int) Math.min(MIB, bytes - at));
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
      }
    }
  }

  private NDArray call(NDManager owner, String method, NDList arguments) {
    try (arguments) {
      Arguments all = new Arguments();
      arguments.forEach(all::tensor);
      return kernel.call(owner, method, all).singletonOrThrow();
    }
  }

  private static NDArray code(NDManager owner, DType dtype) {
    return owner.create((long) dtype.code());
  }

  private static long bytes(Shape shape, DType dtype) {
    return shape.size() * dtype.size();
  }
}
