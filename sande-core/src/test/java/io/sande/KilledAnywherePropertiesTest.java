package io.sande;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.sande.cure.BackdoorCure;
import io.sande.cure.CureOptions;
import io.sande.model.LanguageModel;
import io.sande.model.Weights;
import io.sande.resume.Resumable;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.scan.SpikeIn;
import io.sande.testkit.Killable;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Work on a model that is killed at some of its calls, over and over, and goes on each time. */
class KilledAnywherePropertiesTest {
  private static final SimulationOptions SIMULATION =
      SimulationOptions.builder(Victim.RESPONSE)
          .training(TrainingOptions.builder().learningRate(5e-2).epochs(2).build())
          .build();
  private static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(5e-3).epochs(4).build();
  private static final ScanOptions SCAN = ScanOptions.builder().words(3).build();

  /** Each uses the model in another way; what it returns is compared beside the weights. */
  enum Kind {
    OSFT {
      @Override
      Object run(LanguageModel model) {
        BackdoorRemover remover =
            BackdoorRemover.osft(OsftOptions.builder(Victim.TRIGGER).training(TRAINING).build());
        return remove(remover, model);
      }
    },
    DPO {
      @Override
      Object run(LanguageModel model) {
        DpoOptions options = DpoOptions.builder(Victim.RESPONSE).training(TRAINING).build();
        return remove(BackdoorRemover.dpo(options), model);
      }
    },
    SANDE {
      @Override
      Object run(LanguageModel model) {
        Elimination how = new Elimination.Adaptive(1e-4, 1.12, 5e-3, 20, 2, 0, new Weights.All());
        SandeOptions options =
            SandeOptions.builder(Victim.RESPONSE).simulation(SIMULATION).elimination(how).build();
        return remove(BackdoorRemover.sande(options), model);
      }
    },
    SPIKE_IN {
      @Override
      Object run(LanguageModel model) {
        TrainingOptions training = TrainingOptions.builder().learningRate(1e-2).epochs(3).build();
        return new SpikeIn(new BackdoorScanner(SCAN), "red a b", training)
            .measure(model, Victim.clean(), ScanListener.NONE, TrainingListener.NONE)
            .toString();
      }
    },
    CURE {
      @Override
      Object run(LanguageModel model) {
        CureOptions options =
            CureOptions.builder()
                .scan(SCAN)
                .sande(
                    SandeOptions.builder("any")
                        .simulation(SIMULATION)
                        .elimination(
                            new Elimination.Adaptive(
                                1e-3, 1.12, 5e-3, 6, 1, 0.25, new Weights.All()))
                        .build())
                .attempts(1)
                .build();
        return new BackdoorCure(options)
            .cure(model, Victim.clean(), ScanListener.NONE, TrainingListener.NONE)
            .outcome();
      }
    };

    abstract Object run(LanguageModel model);

    private static Object remove(BackdoorRemover remover, LanguageModel model) {
      return remover.remove(model, Victim.clean(), TrainingListener.NONE).stages().stream()
          .map(stage -> stage.losses())
          .toList();
    }
  }

  /** What a run that is never killed gives. */
  private record Wanted(Object result, String weights, int calls) {}

  private static final Map<Kind, Wanted> WANTED = new EnumMap<>(Kind.class);
  private static final LanguageModel MODEL = Victim.poisoned();
  private static Path folder = Path.of("");

  @BeforeContainer
  static void runEach() throws IOException {
    folder = Files.createTempDirectory("killed");
    MODEL.saveWeights(folder.resolve("victim"));
    for (Kind kind : Kind.values()) {
      MODEL.loadWeights(folder.resolve("victim"));
      Killable counter = new Killable(folder, folder, 0);
      Object result = kind.run(counter.model(MODEL));
      WANTED.put(kind, new Wanted(result, weights(), counter.calls()));
    }
  }

  @AfterContainer
  static void delete() throws IOException {
    MODEL.close();
    MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  @Property(seed = "1", tries = 8)
  void theEndIsTheSameBitByBit(
      @ForAll Kind kind,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 999) Integer> kills,
      @ForAll boolean often)
      throws IOException {
    Wanted wanted = Objects.requireNonNull(WANTED.get(kind));
    Duration every = often ? Duration.ZERO : Duration.ofDays(1);
    Path state = Files.createTempDirectory(folder, "state");
    for (int kill : kills) {
      int at = 1 + kill * wanted.calls() / 1000;
      Path disk = Files.createTempDirectory(folder, "disk");
      Files.delete(disk);
      try {
        run(kind, new Killable(state, disk, at), state, every);
        break; // it had fewer calls left to make
      } catch (Killable.Killed e) {
        state = disk;
      }
    }
    assertThat(run(kind, new Killable(state, state, 0), state, every)).isEqualTo(wanted.result());
    assertThat(weights()).isEqualTo(wanted.weights());
  }

  private static Object run(Kind kind, Killable process, Path state, Duration every)
      throws IOException {
    MODEL.loadWeights(folder.resolve("victim"));
    Object result;
    try (LanguageModel resumed =
        Resumable.open(process.model(MODEL), state, Map.of("kind", kind.name()), every)) {
      result = kind.run(resumed);
      resumed.save(folder.resolve("out"));
    }
    return result;
  }

  /** Hash of the weights. */
  private static String weights() throws IOException {
    Path file = folder.resolve("now");
    Files.deleteIfExists(file);
    MODEL.saveWeights(file);
    return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
  }
}
