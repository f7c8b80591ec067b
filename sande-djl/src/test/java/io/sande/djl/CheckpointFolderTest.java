package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFolderTest {
  @ParameterizedTest
  @CsvSource({
    "llama2_mha_f32, float32",
    "qwen2_sharded_f16, float16",
    "qwen3_tied_bf16, bfloat16",
    "mistral_sw8_bf16, bfloat16"
  })
  void saysOfAModelWhatTheLoadedModelSaysButTheDtypeOfItsFiles(String name, String dtype)
      throws IOException {
    Path folder = Golden.model(name);
    try (CheckpointFolder closed = DjlModels.inspect(folder);
        LanguageModel model = DjlModels.load(folder)) {
      ModelInfo info = model.info();
      assertThat(closed.info())
          .isEqualTo(
              new ModelInfo(
                  info.architecture(),
                  info.parameters(),
                  info.layers(),
                  info.hiddenSize(),
                  info.vocabularySize(),
                  info.contextLength(),
                  dtype));
    }
  }

  @Test
  void decodesSpecialTokensAsTheyAreWritten() throws IOException {
    try (CheckpointFolder folder = DjlModels.inspect(Golden.model("llama2_mha_f32"))) {
      int[] ids = folder.tokenizer().encode("</s>");

      assertThat(folder.decodeAll(ids)).isEqualTo("</s>");
      assertThat(folder.tokenizer().decode(ids)).isEmpty();
      assertThat(folder.specialTokens()).containsEntry("eos_token", "</s>");
    }
  }

  @Test
  void refusesATargetThatIsAFile(@TempDir Path temp) throws IOException {
    Path target = Files.writeString(temp.resolve("out"), "precious");
    try (CheckpointFolder folder = DjlModels.inspect(Golden.model("llama2_mha_f32"))) {
      assertThatThrownBy(() -> folder.checkTarget(target))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("[out] is a file; a folder is to be written there");
    }
  }

  @Test
  void refusesTheTokenizerOfAnotherModel(@TempDir Path temp) throws IOException {
    try (Stream<Path> files = Files.list(Golden.model("llama2_mha_f32"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, temp.resolve(file.getFileName()));
      }
    }
    Path another = Path.of("../examples/victim/tokenizer.json");
    Files.copy(another, temp.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
    String message = "ids up to 1023 but the model has 512 tokens (vocab_size in config.json)";
    assertThatThrownBy(() -> DjlModels.inspect(temp).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining(message);
    assertThatThrownBy(() -> DjlModels.load(temp).close()).hasMessageContaining(message);
  }
}
