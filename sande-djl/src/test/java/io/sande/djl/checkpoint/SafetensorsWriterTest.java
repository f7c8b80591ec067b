package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsWriterTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models/llama2_mha_f32/model.safetensors",
        "models/qwen3_tied_bf16/model.safetensors",
        "models/qwen2_sharded_f16/model-00002-of-00003.safetensors",
        "lora/adapter_patterns/adapter_model.safetensors",
        "lora/golden.safetensors",
        "formats/dtypes.safetensors"
      })
  void writesWhatItReadByteForByte(String name) throws IOException {
    Path source = GoldenFiles.path(name);
    Path copy = folder.resolve("copy.safetensors");
    copy(source, copy);
    assertThat(copy).hasSameBinaryContentAs(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"layout", "no_tensors"})
  void keepsNamesTextsAndPlacesOfOddFiles(String name) throws IOException {
    Path source = GoldenFiles.path("formats/" + name + ".safetensors");
    Path copy = folder.resolve("copy.safetensors");
    copy(source, copy);
    try (SafetensorsFile before = SafetensorsFile.open(source);
        SafetensorsFile after = SafetensorsFile.open(copy)) {
      assertThat(after.tensors()).isEqualTo(before.tensors());
      assertThat(after.metadata()).isEqualTo(before.metadata());
    }
  }

  @Test
  void padsTheHeaderToEightBytes() throws IOException {
    Path file = folder.resolve("x.safetensors");
    TensorEntry tensor = TensorEntry.of("a", DType.U8, List.of(3L));
    SafetensorsWriter.write(
        file,
        Map.of(),
        List.of(tensor),
        (entry, sink) -> {
          sink.accept(ByteBuffer.wrap(new byte[] {7}));
          sink.accept(ByteBuffer.wrap(new byte[] {8, 9}));
        });
    byte[] bytes = Files.readAllBytes(file);
    // {"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}} has 53 characters, so 3 spaces follow
    assertThat(bytes).hasSize(8 + 56 + 3).startsWith(56, 0, 0, 0, 0, 0, 0, 0, '{');
    assertThat(new String(bytes, 8 + 53, 3, StandardCharsets.US_ASCII)).isEqualTo("   ");
    assertThat(bytes).endsWith(7, 8, 9);
  }

  @Test
  void refusesTooFewBytesForATensor() {
    Path file = folder.resolve("x.safetensors");
    List<TensorEntry> tensors = List.of(TensorEntry.of("a", DType.F32, List.of(2L)));
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    file, Map.of(), tensors, (t, sink) -> sink.accept(ByteBuffer.allocate(7))))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("[x.safetensors] got 7 bytes for tensor 'a', which has 8");
  }

  private static void copy(Path source, Path target) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(source)) {
      SafetensorsWriter.write(
          target,
          file.metadata(),
          file.tensors(),
          (tensor, sink) -> file.copy(file.tensor(tensor.name()), sink));
    }
  }
}
