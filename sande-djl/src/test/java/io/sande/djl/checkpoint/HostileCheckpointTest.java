package io.sande.djl.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.SoftPrompt;
import io.sande.testkit.Hostile;
import io.sande.testkit.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileCheckpointTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path top;

  @Test
  void damagedWeightsAreRefusedOrRead() throws IOException {
    Path model = SmallModel.single(top.resolve("model"));
    hostile(model.resolve(Shards.SINGLE)).attack(Mutations::bytes, () -> open(model));
  }

  @Test
  void damagedHeadersAreRefusedOrRead() throws IOException {
    Path model = SmallModel.single(top.resolve("model"));
    hostile(model.resolve(Shards.SINGLE))
        .attack(HostileCheckpointTest::damageHeader, () -> open(model));
  }

  @Test
  void damagedConfigurationsAreRefusedOrRead() throws IOException {
    Path model = SmallModel.single(top.resolve("model"));
    hostile(model.resolve("config.json")).attack(Mutations::json, () -> open(model));
  }

  @Test
  void aDamagedIndexIsRefusedOrReadAndNothingOutsideIsOpened() throws IOException {
    Path model = SmallModel.sharded(top.resolve("model"));
    Files.copy(model.resolve("a.safetensors"), top.resolve("outside.safetensors"));
    hostile(model.resolve(Shards.INDEX)).attack(Mutations::json, () -> open(model));
  }

  @Test
  void damagedAdapterConfigurationsAreRefusedOrRead() throws IOException {
    ModelConfig config = Checkpoint.config(SmallModel.single(top.resolve("model")));
    Path adapter = adapter(config);
    hostile(adapter.resolve(AdapterFolder.CONFIG))
        .attack(Mutations::json, () -> AdapterFolder.read(adapter, config));
  }

  @Test
  void anAdapterWhosePatternIsNoneIsRefusedByName() throws IOException {
    ModelConfig config = Checkpoint.config(SmallModel.single(top.resolve("model")));
    Path adapter = adapter(config);
    Path file = adapter.resolve(AdapterFolder.CONFIG);
    Files.writeString(
        file,
        Files.readString(file)
            .replaceFirst("(?s)\"target_modules\": \\[.*?]", "\"target_modules\": \"(\""));
    assertThatThrownBy(() -> AdapterFolder.read(adapter, config))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "[adapter_config.json] the pattern '(' is no regular expression: Unclosed group");
  }

  @Test
  void damagedAdapterWeightsAreRefusedOrRead() throws IOException {
    ModelConfig config = Checkpoint.config(SmallModel.single(top.resolve("model")));
    Path adapter = adapter(config);
    hostile(adapter.resolve("adapter_model.safetensors"))
        .attack(HostileCheckpointTest::damageHeader, () -> AdapterFolder.read(adapter, config));
  }

  @Test
  void damagedParrotsAreRefusedOrRead() throws IOException {
    Path file = top.resolve("parrot.safetensors");
    ParrotFile.write(file, SoftPrompt.of(2, 3, new float[12]), Map.of("response", "x"));
    hostile(file).attack(HostileCheckpointTest::damageHeader, () -> ParrotFile.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors"})
  void aLinkOutOfTheFolderIsRefused(String name) throws IOException {
    Path model = SmallModel.single(top.resolve("model"));
    Path outside = Files.move(model.resolve(name), top.resolve("elsewhere"));
    Files.createSymbolicLink(model.resolve(name), outside);

    assertThatThrownBy(() -> open(model))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("[" + name + "] is a link out of its folder, to ");
  }

  @Test
  void linksInsideTheFolderAndOfTheHuggingFaceCacheAreFollowed() throws IOException {
    Path model = SmallModel.single(top.resolve("models--x/snapshots/abc"));
    Path blobs = Files.createDirectories(top.resolve("models--x/blobs"));
    Files.move(model.resolve(Shards.SINGLE), blobs.resolve("123"));
    Files.createSymbolicLink(model.resolve(Shards.SINGLE), Path.of("../../blobs/123"));
    Files.move(model.resolve("config.json"), model.resolve("inside.json"));
    Files.createSymbolicLink(model.resolve("config.json"), Path.of("inside.json"));

    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      assertThat(checkpoint.parameters()).isPositive();
    }
  }

  private Hostile hostile(Path file) {
    return new Hostile(file, top, CheckpointException.class);
  }

  private static void open(Path model) throws IOException {
    try (Checkpoint checkpoint = Checkpoint.open(model)) {
      for (SafetensorsFile file : checkpoint.files()) {
        assertThat(file.path().toRealPath()).startsWith(model.toRealPath());
      }
    }
  }

  private Path adapter(ModelConfig config) throws IOException {
    AdapterConfig wanted = AdapterConfig.of("base", 2, 8, List.of("q_proj", "up_proj"));
    Map<String, List<Long>> linear = Layout.of(config).linear();
    List<LoraModule> modules =
        wanted.modules(config).stream()
            .map(name -> module(name, Objects.requireNonNull(linear.get(name))))
            .toList();
    Path adapter = top.resolve("adapter");
    new AdapterFolder(wanted, modules).write(adapter);
    return adapter;
  }

  private static LoraModule module(String name, List<Long> shape) {
    int out = Math.toIntExact(shape.get(0));
    int in = Math.toIntExact(shape.get(1));
    return new LoraModule(name, 2, new float[2 * in], new float[out * 2]);
  }

  /** Damages the JSON at the start, whose length is right again in most cases, or any byte. */
  private static byte[] damageHeader(byte[] valid, Random random) {
    if (random.nextInt(4) == 0) {
      return Mutations.bytes(valid, random);
    }
    ByteBuffer file = ByteBuffer.wrap(valid).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) file.getLong();
    byte[] json = Arrays.copyOfRange(valid, 8, 8 + length);
    String trimmed = new String(json, StandardCharsets.UTF_8).strip();
    byte[] damaged = Mutations.json(trimmed.getBytes(StandardCharsets.UTF_8), random);
    int data = valid.length - 8 - length;
    ByteBuffer all = ByteBuffer.allocate(8 + damaged.length + data).order(ByteOrder.LITTLE_ENDIAN);
    boolean lies = random.nextInt(8) == 0;
    all.putLong(lies ? random.nextLong() : damaged.length).put(damaged);
    return all.put(valid, 8 + length, data).array();
  }
}
