package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.checkpoint.SafetensorsFile;
import io.sande.djl.checkpoint.SafetensorsWriter;
import io.sande.djl.checkpoint.StoredTensor;
import io.sande.djl.checkpoint.TensorEntry;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.djl.kernel.Kernel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors of several slices, in each dtype of a file, beside what Java reads from it. */
class TensorReaderTest {
  private static final List<Long> SHAPE = List.of(3L, 1_000_003L);

  @TempDir Path folder;

  private NDManager manager;
  private Memory memory;

  @BeforeEach
  void load() throws IOException {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    try (Checkpoint checkpoint = Checkpoint.open(Path.of("../examples/victim"))) {
      memory = new Memory(Kernel.decoder(checkpoint.config(), false, manager), null);
    }
  }

  @AfterEach
  void close() {
    memory.kernel().close();
    manager.close();
  }

  /** Random numbers with an exponent that float16 has as well. */
  private SafetensorsFile write(io.sande.djl.checkpoint.DType stored) throws IOException {
    TensorEntry entry = TensorEntry.of("a", stored, SHAPE);
    Path path = folder.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(1);
    while (bytes.hasRemaining()) {
      switch (stored) {
        case F32 -> bytes.putFloat(random.nextFloat());
        case BF16 -> bytes.putShort((short) (Float.floatToIntBits(random.nextFloat()) >> 16));
        default -> bytes.putShort((short) random.nextInt(0x7bff)); // finite
      }
    }
    SafetensorsWriter.write(
        path, Map.of(), List.of(entry), (tensor, sink) -> sink.accept(bytes.flip()));
    return SafetensorsFile.open(path);
  }

  private float[] floats(NDArray tensor) {
    NDArray plan = manager.create(new long[] {DType.FLOAT32.code(), 0, tensor.getShape().size()});
    Arguments arguments = new Arguments().tensor(tensor).tensor(plan);
    NDArray bytes = memory.kernel().call(manager, "bytes", arguments).singletonOrThrow();
    float[] floats = new float[(int) tensor.getShape().size()];
    bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  @ParameterizedTest
  @CsvSource({
    "F32, FLOAT32",
    "BF16, FLOAT32",
    "F16, FLOAT32",
    "BF16, BFLOAT16",
    "F16, FLOAT16",
  })
  void whatIsReadIsWhatTheFileHas(io.sande.djl.checkpoint.DType stored, DType dtype)
      throws IOException {
    try (SafetensorsFile file = write(stored)) {
      TensorEntry entry = file.tensor("a");
      NDArray read = new TensorReader(memory, dtype, manager).read(new StoredTensor(file, entry));
      assertThat(read.getShape().getShape()).containsExactly(3, 1_000_003);
      assertThat(floats(read)).isEqualTo(file.floats(entry));
    }
  }

  @Test
  void aFileThatIsCutShortMeanwhileIsTold() throws IOException {
    try (SafetensorsFile file = write(io.sande.djl.checkpoint.DType.BF16)) {
      try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
        channel.truncate(5_000_000);
      }
      List<StoredTensor> tensors = List.of(new StoredTensor(file, file.tensor("a")));
      TensorReader reader = new TensorReader(memory, DType.FLOAT32, manager);
      assertThatThrownBy(() -> reader.readAll(tensors))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("[x.safetensors] became shorter");
    }
  }

  @Test
  void anInterruptedReadIsTold() throws IOException {
    try (SafetensorsFile file = write(io.sande.djl.checkpoint.DType.BF16)) {
      List<StoredTensor> tensors = List.of(new StoredTensor(file, file.tensor("a")));
      TensorReader reader = new TensorReader(memory, DType.FLOAT32, manager);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.readAll(tensors))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
