package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.batch;
import static io.sande.testkit.Samples.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Jobs beside each other, jobs that are stopped, and models that go away under them. */
interface JobsContract extends EngineUnderTest {
  @Test
  default void anInterruptedThreadGetsNoAnswersAndMayStillBringTheWeightsBack() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot original = model.snapshot();
        Prefix prefix = model.prefix(new int[] {5, 3});
        Continuations continuations = model.continuations(List.of(new int[] {5, 3}))) {
      double[] before = scores(model);
      train(model, 1);
      Thread.currentThread().interrupt();
      try {
        assertCancelled(() -> model.generate(List.of(new int[] {3}), 1));
        assertCancelled(() -> model.generate(prefix, List.of(new int[] {3}), 1));
        assertCancelled(() -> model.score(batch()));
        assertCancelled(() -> continuations.follow(List.of(new int[] {3}), 1));
        model.mergeAdapter();
        model.moveTowards(original, 1);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(scores(model)).containsExactly(before);
    }
  }

  private static void assertCancelled(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(CancellationException.class);
  }

  @Test
  default void aLossThatIsNoNumberIsToldAndChangesNothing() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] alone = train(model, 2);
      List<TokenSequence> bad = withNumbers(model, Float.NaN);
      try (LanguageModel other = newModel();
          Training training = other.train(ALL, OPTIMIZER)) {
        double[] before = scores(other);
        assertThat(training.step(bad, learningRate())).isNaN();
        assertThat(scores(other)).containsExactly(before);
        assertThat(training.step(batch(), learningRate())).isEqualTo(alone[0]);
        assertThat(training.step(bad, learningRate())).isNaN();
        assertThat(training.step(batch(), learningRate())).isEqualTo(alone[1]);
      }
    }
  }

  @Test
  default void aSoftPromptOfNoNumbersStaysAsItIs() throws Exception {
    SoftPrompt start;
    try (LanguageModel model = newModel()) {
      start = withNumbers(model, Float.NaN).get(0).prompt().orElseThrow();
      try (SoftPromptTraining training = model.trainSoftPrompt(start, OPTIMIZER)) {
        assertThat(training.step(batch(), learningRate())).isNaN();
        assertThat(training.current()).isEqualTo(start);
      }
    }
  }

  private static List<TokenSequence> withNumbers(LanguageModel model, float number) {
    float[] values = new float[model.info().hiddenSize()];
    Arrays.fill(values, number);
    SoftPrompt prompt = SoftPrompt.of(0, 1, values);
    return batch().stream().map(sequence -> sequence.with(prompt)).toList();
  }

  /** Three trainings of their own models, and five readers of one more: each as alone. */
  @Test
  default void eightJobsGiveWhatEachGivesAlone() throws Exception {
    double[] losses;
    double[] scores;
    List<int[]> prompts = List.of(new int[] {5, 3, 9}, new int[] {7}, new int[] {6, 8});
    List<int[]> answers;
    try (LanguageModel model = newModel()) {
      answers = model.generate(prompts, 5);
      scores = scores(model);
      losses = train(model, 6);
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (LanguageModel shared = newModel();
        Prefix prefix = shared.prefix(new int[] {5, 3})) {
      List<Callable<Boolean>> jobs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        jobs.add(
            () -> {
              try (LanguageModel own = newModel()) {
                return Arrays.equals(train(own, 6), losses);
              }
            });
      }
      for (int i = 0; i < 2; i++) {
        jobs.add(() -> repeated(() -> equal(shared.generate(prompts, 5), answers)));
        jobs.add(() -> repeated(() -> Arrays.equals(scores(shared), scores)));
      }
      jobs.add(
          () ->
              repeated(
                  () ->
                      Arrays.equals(
                          shared.generate(prefix, List.of(new int[] {9}), 5).get(0),
                          answers.get(0))));
      for (Future<Boolean> same : threads.invokeAll(jobs)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean repeated(Callable<Boolean> job) throws Exception {
    boolean all = true;
    for (int i = 0; i < 6; i++) {
      all &= job.call();
    }
    return all;
  }

  private static boolean equal(List<int[]> left, List<int[]> right) {
    return Arrays.deepEquals(left.toArray(), right.toArray());
  }

  /** What reads between two updates sees one state of the weights or the next, and no other. */
  @Test
  default void whoReadsAModelThatTrainsSeesItBetweenUpdates() throws Exception {
    List<double[]> states = new ArrayList<>();
    try (LanguageModel model = newModel();
        Training training = model.train(ALL, OPTIMIZER)) {
      states.add(scores(model));
      for (int i = 0; i < 4; i++) {
        training.step(batch(), learningRate());
        states.add(scores(model));
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (LanguageModel model = newModel()) {
      Future<List<double[]>> seen =
          threads.submit(
              () -> {
                List<double[]> all = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                  all.add(scores(model));
                }
                return all;
              });
      train(model, 4);
      for (double[] scores : seen.get()) {
        assertThat(states).anyMatch(state -> Arrays.equals(state, scores));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whatever runs when a model is closed is done or fails by a named error. */
  @Test
  default void aModelThatIsClosedUnderRunningJobsFailsThemClearly() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    Random random = new Random(7);
    try {
      for (int round = 0; round < 5; round++) {
        LanguageModel model = newModel();
        Prefix prefix = model.prefix(new int[] {5, 3});
        CountDownLatch calls = new CountDownLatch(1 + random.nextInt(12));
        List<Future<?>> jobs = new ArrayList<>();
        jobs.add(threads.submit(() -> untilClosed(calls, () -> train(model, 1))));
        jobs.add(threads.submit(() -> untilClosed(calls, () -> model.score(batch()))));
        jobs.add(
            threads.submit(
                () -> untilClosed(calls, () -> model.generate(prefix, List.of(new int[] {3}), 2))));
        jobs.add(threads.submit(() -> untilClosed(calls, () -> useSnapshot(model))));
        calls.await();
        model.close();
        for (Future<?> job : jobs) {
          job.get(); // throws what is neither done nor named
        }
        prefix.close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void useSnapshot(LanguageModel model) {
    try (Snapshot snapshot = model.snapshot()) {
      model.moveTowards(snapshot, 0);
    }
  }

  private static void untilClosed(CountDownLatch calls, Runnable call) {
    try {
      while (true) {
        call.run();
        calls.countDown();
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("closed");
    }
  }
}
