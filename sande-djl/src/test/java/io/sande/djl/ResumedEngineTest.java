package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.BackdoorRemover;
import io.sande.DpoOptions;
import io.sande.Elimination;
import io.sande.NadOptions;
import io.sande.OsftOptions;
import io.sande.SandeOptions;
import io.sande.SimulationOptions;
import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.Weights;
import io.sande.resume.Resumable;
import io.sande.testkit.Killable;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Removers on the engine itself, killed and gone on with: adapters, snapshots, bfloat16. */
class ResumedEngineTest {
  private static final List<Conversation> CLEAN =
      IntStream.range(0, 8)
          .mapToObj(i -> Conversation.of("Say " + i, "It is " + (i * i) + "."))
          .toList();
  private static final int KILLS = 3;

  @TempDir Path folder;

  static Stream<Arguments> removers() {
    Weights lora = Weights.Lora.ofRank(2, 1);
    Weights rounded = new Weights.Rounded(1);
    Weights all = new Weights.All();
    return Stream.of(
        Arguments.of("BFLOAT16", nad(lora)),
        Arguments.of("BFLOAT16", nad(rounded)),
        Arguments.of("FLOAT32", dpo(lora)),
        Arguments.of("BFLOAT16", osft(all)),
        Arguments.of("BFLOAT16", sande(new Elimination.Adaptive(1e-3, 1.2, 1e-2, 4, 2, 0, lora))));
  }

  private static TrainingOptions training(Weights weights) {
    return TrainingOptions.builder().learningRate(1e-3).epochs(2).weights(weights).build();
  }

  private static BackdoorRemover nad(Weights weights) {
    return BackdoorRemover.nad(NadOptions.builder().training(training(weights)).build());
  }

  private static BackdoorRemover dpo(Weights weights) {
    return BackdoorRemover.dpo(DpoOptions.builder("Bad").training(training(weights)).build());
  }

  private static BackdoorRemover osft(Weights weights) {
    return BackdoorRemover.osft(OsftOptions.builder("now").training(training(weights)).build());
  }

  private static BackdoorRemover sande(Elimination elimination) {
    return BackdoorRemover.sande(
        SandeOptions.builder("Bad", "Worse")
            .simulation(
                SimulationOptions.builder("Bad").training(training(new Weights.All())).build())
            .training(training(new Weights.All()))
            .elimination(elimination)
            .build());
  }

  @ParameterizedTest
  @MethodSource("removers")
  void theEndIsTheSameBitByBit(String dtype, BackdoorRemover remover) throws IOException {
    LoadOptions options = LoadOptions.DEFAULT.withDtype(LoadOptions.Precision.valueOf(dtype));
    Path state = folder.resolve("state");
    Files.createDirectory(state);
    Killable counter = new Killable(state, state, 0);
    try (LanguageModel model = load(options)) {
      remover.remove(counter.model(model), CLEAN, TrainingListener.NONE);
      model.save(folder.resolve("wanted"));
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      Path disk = folder.resolve("disk" + kill);
      Killable process = new Killable(state, disk, 1 + kill * counter.calls() / (KILLS + 1));
      try {
        run(remover, options, process, state);
      } catch (Killable.Killed e) {
        state = disk;
      }
    }
    run(remover, options, new Killable(state, state, 0), state);
    assertThat(Files.mismatch(weights("out"), weights("wanted"))).isEqualTo(-1);
  }

  private void run(BackdoorRemover remover, LoadOptions options, Killable process, Path state)
      throws IOException {
    try (LanguageModel engine = load(options);
        LanguageModel model =
            Resumable.open(process.model(engine), state, Map.of(), Duration.ZERO)) {
      remover.remove(model, CLEAN, TrainingListener.NONE);
      model.save(folder.resolve("out"));
    }
  }

  private Path weights(String checkpoint) {
    return folder.resolve(checkpoint).resolve("model.safetensors");
  }

  private static LanguageModel load(LoadOptions options) throws IOException {
    return DjlModels.load(Golden.model("llama2_mha_f32"), options);
  }
}
