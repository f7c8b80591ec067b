package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.assertRefused;
import static io.sande.testkit.Samples.assertUnavailable;
import static io.sande.testkit.Samples.batch;
import static io.sande.testkit.Samples.scores;
import static io.sande.testkit.Samples.sequence;
import static io.sande.testkit.Samples.softPrompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link LanguageModel} must do, by its Javadoc alone. An engine's test implements this
 * and gives a small model; its vocabulary needs 16 ids, its context 32 tokens. What is here is who
 * may call what and when; the rest stands by topic in what this extends.
 */
public interface LanguageModelContract
    extends ScoreContract,
        GenerationContract,
        ContinuationsContract,
        SnapshotContract,
        JobsContract,
        StateContract {
  @Test
  default void aSecondTrainingMustWaitForTheFirst() throws Exception {
    try (LanguageModel model = newModel()) {
      try (Training first = model.train(ALL, OPTIMIZER)) {
        assertUnavailable(() -> model.train(ALL, OPTIMIZER).close());
        assertUnavailable(() -> model.trainSoftPrompt(softPrompt(model), OPTIMIZER).close());
        first.step(batch(), learningRate());
      }
      train(model, 1);
    }
  }

  @Test
  default void aBadBatchIsRefusedAndNothingIsChanged() throws Exception {
    try (LanguageModel model = newModel();
        Training training = model.train(ALL, OPTIMIZER)) {
      double[] before = scores(model);
      int vocabulary = model.info().vocabularySize();
      Stream.of(
              List.<TokenSequence>of(),
              List.of(new TokenSequence(new int[] {3, 4}, Labels.of(new BitSet()))),
              List.of(sequence(3, vocabulary)),
              List.of(batch().get(0), sequence(3, -1)),
              List.of(sequence(new int[model.info().contextLength() + 1])))
          .forEach(
              bad ->
                  assertThatThrownBy(() -> training.step(bad, learningRate()))
                      .isInstanceOf(IllegalArgumentException.class));
      assertThat(scores(model)).containsExactly(before);
      assertThat(training.step(batch(), learningRate())).isFinite();
    }
  }

  @Test
  default void badPromptsAreRefused() throws Exception {
    try (LanguageModel model = newModel()) {
      int context = model.info().contextLength();
      assertRefused(() -> model.generate(List.of(new int[0]), 1));
      assertRefused(() -> model.generate(List.of(new int[] {3}), 0));
      assertRefused(() -> model.generate(List.of(new int[] {3}), context));
      assertRefused(() -> model.generate(List.of(new int[] {model.info().vocabularySize()}), 1));
      assertThat(model.generate(List.of(new int[] {3}), 1)).hasSize(1);
    }
  }

  @Test
  default void twoModelsOnTwoThreadsTrainAsEachAlone() throws Exception {
    double[] alone;
    try (LanguageModel model = newModel()) {
      alone = train(model, 8);
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (LanguageModel left = newModel();
        LanguageModel right = newModel()) {
      Callable<double[]> trainLeft = () -> train(left, 8);
      Callable<double[]> trainRight = () -> train(right, 8);
      for (Future<double[]> losses : threads.invokeAll(List.of(trainLeft, trainRight))) {
        assertThat(losses.get()).containsExactly(alone, within(tolerance()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  default void savingTwiceReplacesTheFolderAndLeavesNothingBeside(@TempDir Path folder)
      throws Exception {
    try (LanguageModel model = newModel()) {
      Path target = folder.resolve("saved");
      model.save(target);
      List<Path> first = list(target);
      train(model, 1);
      model.save(target);
      assertThat(first).isNotEmpty().isEqualTo(list(target));
      assertThat(list(folder)).containsExactly(target);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  @Test
  default void aClosedModelRefusesEveryCall(@TempDir Path folder) throws Exception {
    LanguageModel model = newModel();
    SoftPrompt prompt = softPrompt(model);
    Snapshot snapshot = model.snapshot();
    Prefix prefix = model.prefix(new int[] {3});
    model.close();
    model.close();
    assertUnavailable(() -> model.prefix(new int[] {3}));
    assertUnavailable(() -> model.generate(prefix, List.of(new int[] {3}), 1));
    assertUnavailable(() -> model.generate(List.of(new int[] {3}), 1));
    assertUnavailable(() -> model.score(batch()));
    assertUnavailable(() -> model.train(ALL, OPTIMIZER));
    assertUnavailable(() -> model.trainSoftPrompt(prompt, OPTIMIZER));
    assertUnavailable(model::snapshot);
    assertUnavailable(() -> model.moveTowards(snapshot, 1));
    assertUnavailable(model::mergeAdapter);
    assertUnavailable(() -> model.save(folder.resolve("saved")));
    assertUnavailable(() -> model.saveAdapter(folder.resolve("adapter")));
    snapshot.close();
    snapshot.close();
    prefix.close();
  }
}
