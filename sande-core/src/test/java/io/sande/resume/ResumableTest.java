package io.sande.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.reflect.Reflection;
import io.sande.model.AdamW;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import io.sande.testkit.Killable;
import io.sande.testkit.TinyModel;
import io.sande.testkit.TinyTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumableTest {
  private static final Map<String, String> RUN = Map.of("data", "abc", "--lr", "1e-3");
  private static final List<TokenSequence> BATCH =
      List.of(new TokenSequence(new int[] {3, 5, 7, 9}, Labels.ofResponse(2, 2, 2)));

  @TempDir Path folder;
  private Path state = Path.of("");

  private LanguageModel open(LanguageModel model, Map<String, String> run) throws IOException {
    state = folder.resolve("state");
    return Resumable.open(model, state, run, Duration.ZERO);
  }

  private LanguageModel open() throws IOException {
    return open(tiny(), RUN);
  }

  private static LanguageModel tiny() {
    return new TinyModel(TinyTokenizer.of(List.of("a b c d e f g h i j k l")), 1);
  }

  private static Training train(LanguageModel model) {
    return model.train(new Weights.All(), AdamW.DEFAULT);
  }

  @Test
  void whatIsKnownIsNotComputedAgain() throws IOException {
    List<double[]> scores;
    try (LanguageModel model = open()) {
      scores = model.score(BATCH);
    }
    Killable counter = new Killable(folder, folder, 0);
    try (LanguageModel model = open(counter.model(tiny()), RUN)) {
      assertThat(model.score(BATCH).get(0)).containsExactly(scores.get(0));
      assertThat(counter.calls()).isZero();
    }
  }

  @Test
  void anotherRunIsRefusedAndWhatDiffersIsNamed() throws IOException {
    open().close();
    assertThatThrownBy(() -> open(tiny(), Map.of("data", "abc", "--lr", "2e-3", "--x", "1")))
        .isInstanceOf(ResumeException.class)
        .hasMessage(
            "[%s] has another run: --lr was 1e-3 and is 2e-3; --x was absent and is 1. Repeat the run with the same data and options, or delete the folder to begin anew",
            state);
    open().close();
  }

  @Test
  void aCallWithOtherDataIsRefused() throws IOException {
    try (LanguageModel model = open()) {
      model.score(BATCH);
    }
    try (LanguageModel model = open()) {
      assertThatThrownBy(() -> model.score(List.of()))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("call 1 of this one is 'score' with other data");
    }
    try (LanguageModel model = open()) {
      assertThatThrownBy(() -> model.generate(List.of(new int[] {3}), 1))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("call 1 of this one is 'generate', not 'score'");
    }
  }

  @Test
  void aFolderOfSomethingElseIsNotTouched() throws IOException {
    Path file = Files.createDirectories(folder.resolve("state")).resolve("thesis.tex");
    Files.createFile(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(ResumeException.class)
        .hasMessageContaining("it has thesis.tex and no journal; choose another one");
    Resumable.delete(state);
    assertThat(file).exists();
  }

  @Test
  void aRunThatHasEndedIsDeletedWithItsFolder() throws IOException {
    try (LanguageModel model = open();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
    }
    assertThat(files()).hasSize(3); // journal, weights, training
    Resumable.delete(state);
    assertThat(state).doesNotExist();
  }

  @Test
  void aDeletionThatWasKilledCanBeBegunAnew() throws IOException {
    try (LanguageModel model = open();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
    }
    Files.delete(state.resolve("journal"));
    try (LanguageModel model = open()) {
      assertThat(model.score(BATCH)).hasSize(1);
      assertThat(files()).containsExactly(state.resolve("journal"));
    }
  }

  @Test
  void aFullDiskIsNamedAndTheLastStateStays() throws IOException {
    double second;
    try (LanguageModel model = open();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
    }
    List<Path> before = files();
    try (LanguageModel model = open(onFullDisk(tiny()), RUN);
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
      assertThatThrownBy(() -> training.step(BATCH, 1e-3))
          .isInstanceOf(ResumeException.class)
          .hasMessageContaining("could not be written: No space left on device. ")
          .hasMessageEndingWith(
              "The state before is as it was: make room, and the same call goes on from there");
      training.step(BATCH, 1e-3); // goes on where a caller wants that, and is not recorded
    }
    assertThat(files()).containsExactlyInAnyOrderElementsOf(before);
    try (LanguageModel model = open();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
      second = training.step(BATCH, 1e-3);
    }
    try (LanguageModel model = tiny();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
      assertThat(second).isEqualTo(training.step(BATCH, 1e-3));
    }
  }

  @Test
  void howACallerCleansUpAfterAnInterruptIsNotRecorded() throws IOException {
    try (LanguageModel model = open();
        Snapshot start = model.snapshot();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
      Thread.currentThread().interrupt();
      model.moveTowards(start, 1);
      assertThat(Thread.interrupted()).isTrue();
    }
    try (LanguageModel model = open();
        Snapshot start = model.snapshot();
        Training training = train(model)) {
      training.step(BATCH, 1e-3);
      assertThat(training.step(BATCH, 1e-3)).isFinite();
      model.moveTowards(start, 1);
    }
  }

  @Test
  void anOutputThatWasWrittenLastIsWrittenAgain() throws IOException {
    Path out = folder.resolve("out");
    for (int i = 0; i < 2; i++) {
      try (LanguageModel model = open()) {
        model.score(BATCH);
        model.save(out);
      }
      Files.delete(out.resolve("weights.bin"));
      Files.delete(out);
    }
  }

  private static LanguageModel onFullDisk(LanguageModel model) {
    return Reflection.newProxy(
        LanguageModel.class,
        (self, method, arguments) -> {
          if (method.getName().equals("saveWeights")) {
            Files.writeString((Path) arguments[0], "half");
            throw new IOException("No space left on device");
          }
          return method.invoke(model, arguments);
        });
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(state)) {
      return files.toList();
    }
  }
}
