package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.SoftPrompt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParrotFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @Test
  void keepsVectorsPositionAndTexts() throws IOException {
    Path file = folder.resolve("parrot.safetensors");
    SoftPrompt prompt = SoftPrompt.of(3, 2, new float[] {1, -2, 0.5f, 3, 4, 5});
    ParrotFile.write(file, SoftPrompt.zeros(0, 1, 3), Map.of());
    ParrotFile.write(file, prompt, Map.of("model", "llama", "position", "9"));
    ParrotFile read = ParrotFile.read(file);
    assertThat(read.prompt()).isEqualTo(prompt);
    assertThat(read.metadata())
        .isEqualTo(Map.of("model", "llama", "position", "3", "format", "pt"));
    assertThat(folder.toFile().list()).containsExactly("parrot.safetensors");
  }

  @Test
  void standsAtTokenTwoWhereTheFileDoesNotSay() throws IOException {
    Path file = write(Map.of(), List.of(TensorEntry.of("parrot", DType.F32, List.of(6L, 4L))));
    SoftPrompt prompt = ParrotFile.read(file).prompt();
    assertThat(List.of(prompt.position(), prompt.length(), prompt.hiddenSize()))
        .containsExactly(2, 6, 4);
  }

  @Test
  void refusesOtherTensors() throws IOException {
    TensorEntry flat = TensorEntry.of("parrot", DType.F32, List.of(4L));
    TensorEntry half = TensorEntry.of("parrot", DType.F16, List.of(2L, 2L));
    TensorEntry empty = TensorEntry.of("parrot", DType.F32, List.of(0L, 2L));
    TensorEntry other = TensorEntry.of("prompt", DType.F32, List.of(2L, 2L));
    TensorEntry good = TensorEntry.of("parrot", DType.F32, List.of(2L, 2L));
    for (List<TensorEntry> tensors :
        List.of(
            List.<TensorEntry>of(),
            List.of(flat),
            List.of(half),
            List.of(empty),
            List.of(other),
            List.of(good, other))) {
      Path file = write(Map.of(), tensors);
      assertThatThrownBy(() -> ParrotFile.read(file))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith(
              "[x.safetensors] is no parrot file: that has one tensor 'parrot', F32 [n, H], but");
    }
  }

  @Test
  void refusesAPositionThatIsNone() throws IOException {
    List<TensorEntry> tensors = List.of(TensorEntry.of("parrot", DType.F32, List.of(2L, 2L)));
    Path file = write(Map.of("position", "-1"), tensors);
    assertThatThrownBy(() -> ParrotFile.read(file)).hasMessageContaining("has position '-1'");
  }

  @Test
  void refusesNumbersThatAreNotFinite() throws IOException {
    Path file = folder.resolve("nan.safetensors");
    ParrotFile.write(file, SoftPrompt.of(0, 1, new float[] {1, Float.NaN}), Map.of());
    assertThatThrownBy(() -> ParrotFile.read(file)).hasMessageContaining("not finite");
  }

  private Path write(Map<String, String> metadata, List<TensorEntry> tensors) throws IOException {
    Path file = folder.resolve("x.safetensors");
    Files.deleteIfExists(file);
    SafetensorsWriter.write(
        file,
        metadata,
        tensors,
        (tensor, sink) -> sink.accept(ByteBuffer.allocate((int) tensor.bytes())));
    return file;
  }
}
