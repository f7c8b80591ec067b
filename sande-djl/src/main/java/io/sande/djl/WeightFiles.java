package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.ByteSink;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.CheckpointWriter;
import io.sande.djl.checkpoint.SafetensorsFile;
import io.sande.djl.checkpoint.StoredTensor;
import io.sande.djl.checkpoint.TensorEntry;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.djl.kernel.Kernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Weights from the files of a checkpoint into native memory, and back in their dtype. */
final class WeightFiles {
  /** Numbers that go through Java's memory at a time when a tensor is written. */
  private static final long SLICE = 1L << 24;

  private WeightFiles() {}

  static Decoder load(Checkpoint checkpoint, LoadOptions options, NDManager manager)
      throws IOException {
    Kernel kernel = Kernel.decoder(checkpoint.config(), options.offload() != null, manager);
    Memory memory = new Memory(kernel, options.offload());
    DType dtype = options.dtype() == LoadOptions.Precision.FLOAT32 ? DType.FLOAT32 : DType.BFLOAT16;
    try {
      NDList weights = new TensorReader(memory, dtype, manager).readAll(checkpoint.tensors());
      return new Decoder(checkpoint.config(), dtype, manager, memory, weights);
    } catch (IOException | RuntimeException e) {
      kernel.close();
      throw e;
    }
  }

  /** Writes all weights as they are computed with. */
  static void saveExactly(Decoder decoder, Path file) throws IOException {
    exactly(decoder).write(file, Map.of());
  }

  /** Takes over what {@link #saveExactly} wrote. */
  static void loadExactly(Decoder decoder, Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      exactly(decoder).read(file);
    }
  }

  private static State exactly(Decoder decoder) {
    return new State(decoder).with("weight", decoder.weights(), decoder.dtype());
  }

  /** Writes a complete folder; an attached adapter is added to what is written. */
  static void save(Checkpoint checkpoint, Decoder decoder, Path directory) throws IOException {
    Map<String, Integer> places = new HashMap<>();
    List<StoredTensor> tensors = checkpoint.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      places.put(tensors.get(i).entry().name(), i);
    }
    CheckpointWriter.write(
        checkpoint,
        directory,
        (entry, sink) -> {
          int place = places.getOrDefault(entry.name(), -1);
          if (place < 0) {
            throw new IOException("no weight is called " + entry.name());
          }
          try (NDManager scope = decoder.manager().newSubManager()) {
            write(decoder, Adapters.mergedWeight(decoder, scope, place), entry, sink);
          }
        });
  }

  /** The file's dtype for one of the kernel's. */
  static io.sande.djl.checkpoint.DType stored(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> io.sande.djl.checkpoint.DType.F32;
      case FLOAT16 -> io.sande.djl.checkpoint.DType.F16;
      case BFLOAT16 -> io.sande.djl.checkpoint.DType.BF16;
      case INT8 -> io.sande.djl.checkpoint.DType.I8;
    };
  }

  /** Writes all numbers of {@code weight} in the dtype of {@code entry}, slice by slice. */
  static void write(Decoder decoder, NDArray weight, TensorEntry entry, ByteSink sink)
      throws IOException {
    long elements = weight.getShape().size();
    for (long at = 0; at < elements; at += SLICE) {
      long end = Math.min(elements, at + SLICE);
      try (NDManager scope = decoder.manager().newSubManager()) {
        NDArray plan = scope.create(new long[] {TensorReader.stored(entry).code(), at, end});
        Arguments arguments = new Arguments().tensor(weight).tensor(plan);
        NDArray bytes = decoder.kernel().call(scope, "bytes", arguments).singletonOrThrow();
        sink.accept(ByteBuffer.wrap(bytes.toByteArray()));
      }
    }
  }
}
