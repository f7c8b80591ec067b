package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CheckpointWriterTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  @ParameterizedTest
  @FieldSource("io.sande.djl.checkpoint.GoldenFiles#MODELS")
  void writesTheSameBytesAgain(String model) throws IOException {
    Path target = folder.resolve("out");
    Path source = GoldenFiles.model(model);
    try (Checkpoint checkpoint = Checkpoint.open(source)) {
      CheckpointWriter.write(checkpoint, target, same(checkpoint));
    }
    assertSame(target, source);
    assertThat(names(folder)).containsExactly("out");
  }

  @ParameterizedTest
  @FieldSource("io.sande.djl.checkpoint.GoldenFiles#MODELS")
  void copiesByteByByte(String model) throws IOException {
    Path target = folder.resolve("out");
    Path source = GoldenFiles.model(model);
    try (Checkpoint checkpoint = Checkpoint.open(source)) {
      CheckpointWriter.copy(checkpoint, target);
    }
    assertSame(target, source);
  }

  @Test
  void aCopyOntoItselfChangesNothing() throws IOException {
    Path model = model("llama2_mha_f32");
    Files.writeString(model.resolve("clean.jsonl"), "precious");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      CheckpointWriter.copy(checkpoint, model.resolve("../model"));
    }
    assertThat(model.resolve("clean.jsonl")).hasContent("precious");
  }

  @Test
  void replacesTheSourceItselfMoreThanOnce() throws IOException {
    Path model = model("llama2_mha_f32");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      CheckpointWriter.write(checkpoint, model, filled(1));
      CheckpointWriter.write(checkpoint, model, filled(2));
    }
    try (Checkpoint written = Checkpoint.open(model)) {
      StoredTensor norm = written.tensors().get(1);
      assertThat(norm.map(0, 1).get()).isEqualTo((byte) 2);
      assertThat(written.ignored()).hasSize(2);
    }
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void writesTheStoredCopyOfATiedEmbeddingAnew() throws IOException {
    Path model = model("qwen3_tied_bf16");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      CheckpointWriter.write(checkpoint, model, filled(3));
    }
    try (SafetensorsFile file = SafetensorsFile.open(model.resolve("model.safetensors"))) {
      assertThat(file.map(file.tensor("lm_head.weight"), 0, 1).get()).isEqualTo((byte) 3);
    }
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    Path model = model("llama2_mha_f32");
    Map<String, byte[]> before = GoldenFiles.contents(model);
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      TensorBytes failing =
          (tensor, sink) -> {
            throw new IOException("No space left on device");
          };
      assertThatThrownBy(() -> CheckpointWriter.write(checkpoint, model, failing))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("[model] could not be written, nothing has changed")
          .hasMessageContaining("No space left on device");
    }
    GoldenFiles.contents(model)
        .forEach((name, bytes) -> assertThat(bytes).isEqualTo(before.get(name)));
    assertThat(names(folder)).containsExactly("model");
  }

  @Test
  void carriesTextsAlongButNoWeightsSignaturesOrHiddenFiles() throws IOException {
    Path model = model("llama2_mha_f32");
    for (String name :
        List.of(
            "LICENSE",
            "README.md",
            "tokenizer.model",
            "tokenizer.model.v3",
            "vocab.txt",
            "optimizer.pt",
            "model.sig",
            "pytorch_model.bin",
            "x.gguf",
            ".gitattributes",
            "modeling_x.py",
            "adapter_config.json",
            "trainer_state.json")) {
      Files.writeString(model.resolve(name), name);
    }
    Path templates = Files.createDirectory(model.resolve("additional_chat_templates"));
    Files.writeString(templates.resolve("tools.jinja"), "{}");
    Path target = folder.resolve("deep/out");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      CheckpointWriter.write(checkpoint, target, same(checkpoint));
    }
    assertThat(names(target))
        .containsExactly(
            "LICENSE",
            "README.md",
            "additional_chat_templates",
            "chat_template.jinja",
            "config.json",
            "config.v4.json",
            "generation_config.json",
            "golden.json",
            "model.safetensors",
            "special_tokens_map.json",
            "tokenizer.json",
            "tokenizer.model",
            "tokenizer.model.v3",
            "tokenizer_config.json",
            "vocab.txt");
    assertThat(target.resolve("additional_chat_templates/tools.jinja")).hasContent("{}");
  }

  @Test
  void followsNoLinkOutOfTheFolder() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    Path model = model("llama2_mha_f32");
    Files.createSymbolicLink(model.resolve("LICENSE"), secret);
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      assertThatThrownBy(() -> CheckpointWriter.check(checkpoint, folder.resolve("out")))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("[LICENSE] is a link out of its folder");
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void followsTheLinksOfTheHuggingFaceCache() throws IOException {
    Path blobs =
        GoldenFiles.copy(GoldenFiles.model("llama2_mha_f32"), folder.resolve("models--x/blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("models--x/snapshots/abc"));
    for (String name : names(blobs)) {
      Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs").resolve(name));
    }
    Path target = folder.resolve("out");
    try (Checkpoint checkpoint = Checkpoint.open(snapshot)) {
      CheckpointWriter.write(checkpoint, target, same(checkpoint));
    }
    assertThat(target.resolve("tokenizer.json")).isRegularFile();
    assertThat(Files.isSymbolicLink(target.resolve("tokenizer.json"))).isFalse();
  }

  @Test
  void aLinkAsTargetStaysALink() throws IOException {
    Path real = Files.createDirectories(folder.resolve("disk/real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path model = model("llama2_mha_f32");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      CheckpointWriter.write(checkpoint, link, same(checkpoint));
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real.resolve("model.safetensors")).isRegularFile();
  }

  @Test
  void refusesATargetThatIsAFileOrBelowOneOrHasFolders() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path full = folder.resolve("full");
    Files.createDirectories(full.resolve("checkpoint-500"));
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.model("llama2_mha_f32"))) {
      TensorBytes same = same(checkpoint);
      assertThatThrownBy(() -> CheckpointWriter.write(checkpoint, file, same))
          .hasMessage("[file] is a file; a folder is to be written there");
      assertThatThrownBy(() -> CheckpointWriter.write(checkpoint, file.resolve("out"), same))
          .isInstanceOf(CheckpointException.class)
          .hasMessageStartingWith("[out] cannot be written");
      assertThatThrownBy(() -> CheckpointWriter.write(checkpoint, full, same))
          .hasMessageStartingWith("[full] would be replaced, but it has a folder");
    }
    assertThat(full.resolve("checkpoint-500")).isDirectory();
  }

  @Test
  void losesNoFileThatIsNoneOfACheckpoint() throws IOException {
    Path model = model("llama2_mha_f32");
    Path data = Files.writeString(model.resolve("clean.jsonl"), "precious");
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      assertThatThrownBy(() -> CheckpointWriter.write(checkpoint, model, same(checkpoint)))
          .hasMessageStartingWith("[model] would be replaced, but it has a file")
          .hasMessageEndingWith("clean.jsonl; choose another place to write");
    }
    assertThat(data).hasContent("precious");
  }

  @Test
  void replacesNoFolderThatIsNoCheckpoint() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("notes"));
    Files.writeString(notes.resolve("README.md"), "precious");
    Path adapter = Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(adapter.resolve("adapter_config.json"), "{}");
    try (Checkpoint checkpoint = Checkpoint.open(GoldenFiles.model("llama2_mha_f32"))) {
      assertThatThrownBy(() -> CheckpointWriter.check(checkpoint, notes))
          .hasMessage(
              "[notes] would be replaced, but it is no checkpoint: it has files and no config.json;"
                  + " choose another place to write");
      CheckpointWriter.check(checkpoint, adapter);
    }
    assertThat(notes.resolve("README.md")).exists();
  }

  private static void assertSame(Path target, Path source) throws IOException {
    Map<String, byte[]> wanted = GoldenFiles.contents(source);
    wanted.remove("golden.safetensors"); // weights, but not of the model
    Map<String, byte[]> found = GoldenFiles.contents(target);
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    found.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(wanted.get(name)));
  }

  private Path model(String name) throws IOException {
    return GoldenFiles.copy(GoldenFiles.model(name), folder.resolve("model"));
  }

  private static TensorBytes same(Checkpoint checkpoint) {
    return (tensor, sink) -> {
      for (StoredTensor stored : checkpoint.tensors()) {
        if (stored.entry().name().equals(tensor.name())) {
          sink.accept(stored.map(0, tensor.bytes()));
        }
      }
    };
  }

  private static TensorBytes filled(int value) {
    return (tensor, sink) -> {
      byte[] bytes = new byte[(int) tensor.bytes()];
      Arrays.fill(bytes, (byte) value);
      sink.accept(ByteBuffer.wrap(bytes));
    };
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
