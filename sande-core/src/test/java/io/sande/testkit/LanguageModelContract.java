package io.sande.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.AdamW;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link LanguageModel} must do, by its Javadoc alone. An engine's test extends this and
 * gives a small model; its vocabulary needs 16 ids, its context 32 tokens.
 */
public abstract class LanguageModelContract {
  private static final Weights ALL = new Weights.All();
  private static final AdamW OPTIMIZER = AdamW.DEFAULT;

  /** A small model, the same in every call; the test closes it. */
  protected abstract LanguageModel newModel() throws Exception;

  /** A learning rate at which one update lowers the loss. */
  protected double learningRate() {
    return 1e-3;
  }

  /** How far two ways to the same log-probability or loss may lie apart. */
  protected double tolerance() {
    return 1e-4;
  }

  /** Three sequences of different lengths and numbers of labels, a gap among those. */
  private static List<TokenSequence> batch() {
    int[] longest = {3, 5, 7, 9, 11, 13, 4, 6, 8, 10, 12};
    BitSet gap = new BitSet();
    gap.set(2);
    gap.set(5, 8);
    return List.of(
        new TokenSequence(longest, Labels.of(gap)),
        new TokenSequence(new int[] {14, 2, 6, 3}, Labels.ofResponse(2, 2, 1)),
        new TokenSequence(new int[] {8, 9, 4, 4, 5, 15}, Labels.ofResponse(1, 5, 5)));
  }

  private static TokenSequence sequence(int... ids) {
    return new TokenSequence(ids, Labels.ofResponse(1, ids.length - 1, ids.length));
  }

  private static SoftPrompt softPrompt(LanguageModel model) {
    int hidden = model.info().hiddenSize();
    float[] values = new float[3 * hidden];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i) * 0.05f;
    }
    return SoftPrompt.of(2, 3, values);
  }

  private static double[] flat(List<double[]> scores) {
    return scores.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] scores(LanguageModel model) {
    return flat(model.score(batch()));
  }

  private static double step(LanguageModel model, double learningRate) {
    try (Training training = model.train(ALL, OPTIMIZER)) {
      return training.step(batch(), learningRate);
    }
  }

  private double[] train(LanguageModel model, int updates) {
    try (Training training = model.train(ALL, OPTIMIZER)) {
      return IntStream.range(0, updates)
          .mapToDouble(i -> training.step(batch(), learningRate()))
          .toArray();
    }
  }

  @Test
  void scoreIsOneLogProbabilityForEachLabelInOrder() throws Exception {
    try (LanguageModel model = newModel()) {
      List<double[]> scores = model.score(batch());
      assertThat(scores).extracting(s -> s.length).containsExactly(4, 1, 5);
      assertThat(Arrays.stream(flat(scores))).allMatch(s -> s <= 0 && Double.isFinite(s));
    }
  }

  @Test
  void probabilitiesOfAllTokensAddUpToOne() throws Exception {
    try (LanguageModel model = newModel()) {
      double sum = Arrays.stream(scoresOfNext(model, 3, 5)).map(Math::exp).sum();
      assertThat(sum).isCloseTo(1, within(100 * tolerance()));
    }
  }

  /** Scores of every token of the vocabulary after {@code before}. */
  private static double[] scoresOfNext(LanguageModel model, int... before) {
    List<TokenSequence> candidates = new ArrayList<>();
    for (int id = 0; id < model.info().vocabularySize(); id++) {
      int[] ids = concat(before, new int[] {id});
      candidates.add(new TokenSequence(ids, Labels.ofResponse(before.length, 1, 1)));
    }
    return flat(model.score(candidates));
  }

  @Test
  void scoresDoNotDependOnTheSequencesBeside() throws Exception {
    try (LanguageModel model = newModel()) {
      List<double[]> together = model.score(batch());
      for (int i = 0; i < together.size(); i++) {
        assertThat(model.score(List.of(batch().get(i))).get(0))
            .containsExactly(together.get(i), within(tolerance()));
      }
    }
  }

  @Test
  void theLossOfAnUpdateIsTheMeanOverAllLabelsBeforeIt() throws Exception {
    try (LanguageModel model = newModel()) {
      double mean = -Arrays.stream(scores(model)).average().orElseThrow();
      assertThat(step(model, learningRate())).isCloseTo(mean, within(tolerance()));
    }
  }

  @Test
  void anUpdateLowersTheLossOfItsOwnBatch() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] losses = train(model, 2);
      assertThat(losses[1]).isLessThan(losses[0]);
    }
  }

  @Test
  void aLearningRateOfZeroChangesNothing() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      step(model, 0);
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  void aClosedTrainingLeavesWhatItTrained() throws Exception {
    try (LanguageModel model = newModel()) {
      Training training = model.train(ALL, OPTIMIZER);
      training.step(batch(), learningRate());
      double[] trained = scores(model);
      training.close();
      training.close();
      assertThat(scores(model)).containsExactly(trained);
    }
  }

  @Test
  void generationTakesTheMostLikelyTokenEachTime() throws Exception {
    try (LanguageModel model = newModel()) {
      int[] prompt = {5, 3, 9};
      int[] generated = model.generate(List.of(prompt), 3).get(0);
      assertThat(generated.length).isBetween(1, 3);
      for (int i = 0; i < generated.length; i++) {
        assertMostLikely(model, concat(prompt, Arrays.copyOf(generated, i)), generated[i]);
      }
    }
  }

  private void assertMostLikely(LanguageModel model, int[] before, int next) {
    double[] scores = scoresOfNext(model, before);
    double best = Arrays.stream(scores).max().orElseThrow();
    assertThat(scores[next]).isCloseTo(best, within(tolerance()));
  }

  private static int[] concat(int[] left, int[] right) {
    return IntStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
  }

  @Test
  void generationDoesNotDependOnThePromptsBeside() throws Exception {
    try (LanguageModel model = newModel()) {
      List<int[]> prompts = List.of(new int[] {5, 3, 9, 9, 4, 12}, new int[] {7}, new int[] {6, 8});
      List<int[]> together = model.generate(prompts, 4);
      for (int i = 0; i < prompts.size(); i++) {
        assertThat(model.generate(List.of(prompts.get(i)), 4).get(0)).isEqualTo(together.get(i));
      }
    }
  }

  @Test
  void nothingComesAfterTheEndOfText() throws Exception {
    try (LanguageModel model = newModel()) {
      int end = model.tokenizer().endOfTextId();
      try (Training training = model.train(ALL, OPTIMIZER)) {
        for (int i = 0; i < 200; i++) {
          training.step(List.of(sequence(5, 3, 6, end)), 10 * learningRate());
        }
      }
      assertThat(model.generate(List.of(new int[] {5, 3}), 8).get(0)).containsExactly(6, end);
    }
  }

  private static final List<int[]> PROMPTS =
      List.of(new int[] {5, 3, 9, 9, 4, 12}, new int[] {7}, new int[] {6, 8});

  @Test
  void continuationsTakeTheMostProbableTokenOfThePromptsMeanThatIsNew() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      List<int[]> starts = List.of(new int[] {4, 11}, new int[] {13, 6}, new int[] {3, 3});
      List<Continuation> found = continuations.follow(starts, 4);
      assertThat(found).hasSize(3);
      for (int c = 0; c < 3; c++) {
        Continuation one = found.get(c);
        assertThat(one.tokens()).startsWith(starts.get(c)).hasSizeBetween(3, 6);
        for (int t = 0; t < one.tokens().length; t++) {
          double[][] next = nextAfter(model, Arrays.copyOf(one.tokens(), t));
          int token = one.tokens()[t];
          assertThat(one.probabilities()[t]).isCloseTo(mean(next, token), within(tolerance()));
          assertThat(one.low()[t])
              .isCloseTo(
                  Arrays.stream(next).mapToDouble(p -> p[token]).sorted().toArray()[1],
                  within(tolerance()));
          assertThat(mean(next, token))
              .isGreaterThanOrEqualTo(t < 2 ? 0 : bestNew(model, one, t, next) - tolerance());
        }
      }
    }
  }

  /** Probabilities [P, V] of what follows each prompt and {@code tokens}. */
  private static double[][] nextAfter(LanguageModel model, int[] tokens) {
    return PROMPTS.stream()
        .map(prompt -> scoresOfNext(model, concat(prompt, tokens)))
        .map(scores -> Arrays.stream(scores).map(Math::exp).toArray())
        .toArray(double[][]::new);
  }

  private static double mean(double[][] next, int token) {
    return Arrays.stream(next).mapToDouble(p -> p[token]).average().orElseThrow();
  }

  /** The largest mean of a token that may stand at place {@code t}. */
  private static double bestNew(LanguageModel model, Continuation one, int t, double[][] next) {
    int end = model.tokenizer().endOfTextId();
    return IntStream.range(0, model.info().vocabularySize())
        .filter(v -> v == end || !model.tokenizer().isSpecial(v))
        .filter(v -> Arrays.stream(one.tokens(), 0, t).noneMatch(token -> token == v))
        .mapToDouble(v -> mean(next, v))
        .max()
        .orElseThrow();
  }

  @Test
  void aContinuationThatGoesOnIsTheLongerOne() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      Continuation whole = continuations.follow(List.of(new int[] {4}), 5).get(0);
      Continuation half = continuations.follow(List.of(new int[] {4}), 2).get(0);
      Continuation resumed = continuations.follow(List.of(half.tokens()), 3).get(0);
      assertThat(resumed.tokens()).isEqualTo(whole.tokens());
      assertThat(resumed.probabilities())
          .containsExactly(whole.probabilities(), within(tolerance()));
    }
  }

  @Test
  void nothingFollowsTheEndOfText() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      int end = model.tokenizer().endOfTextId();
      assertThat(continuations.follow(List.of(new int[] {end}), 3).get(0).tokens())
          .containsExactly(end);
    }
  }

  @Test
  void badStartsAreRefused() throws Exception {
    try (LanguageModel model = newModel();
        Continuations continuations = model.continuations(PROMPTS)) {
      assertRefused(() -> model.continuations(List.of()).close());
      assertRefused(() -> continuations.follow(List.of(), 1));
      assertRefused(() -> continuations.follow(List.of(new int[] {3}, new int[] {3, 4}), 1));
      assertRefused(() -> continuations.follow(List.of(new int[] {3}), -1));
      int context = model.info().contextLength();
      assertRefused(() -> continuations.follow(List.of(new int[] {3}), context));
      continuations.close();
    }
  }

  @Test
  void aSnapshotBringsTheWeightsBackExactly() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot snapshot = model.snapshot()) {
      double[] before = scores(model);
      train(model, 2);
      double[] trained = scores(model);
      assertThat(trained).isNotEqualTo(before);
      model.moveTowards(snapshot, 0);
      assertThat(scores(model)).containsExactly(trained);
      model.moveTowards(snapshot, 1);
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  void aRunningTrainingGoesOnFromARestoredSnapshot() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot snapshot = model.snapshot();
        Training training = model.train(ALL, OPTIMIZER)) {
      double first = training.step(batch(), learningRate());
      model.moveTowards(snapshot, 1);
      assertThat(training.step(batch(), learningRate())).isCloseTo(first, within(tolerance()));
      assertThat(training.step(batch(), learningRate())).isLessThan(first);
    }
  }

  @Test
  void halfTheWayToASnapshotTwiceIsThreeQuarters() throws Exception {
    try (LanguageModel model = newModel();
        Snapshot start = model.snapshot()) {
      train(model, 2);
      try (Snapshot trained = model.snapshot()) {
        model.moveTowards(start, 0.5);
        model.moveTowards(start, 0.5);
        double[] twice = scores(model);
        model.moveTowards(trained, 1);
        model.moveTowards(start, 0.75);
        assertThat(scores(model)).containsExactly(twice, within(tolerance()));
      }
    }
  }

  @Test
  void mergingWithoutAnAdapterChangesNothing() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      model.mergeAdapter();
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  void aSoftPromptIsTrainedAloneAndTheModelIsFrozen() throws Exception {
    try (LanguageModel model = newModel()) {
      double[] before = scores(model);
      SoftPrompt start = softPrompt(model);
      try (SoftPromptTraining training = model.trainSoftPrompt(start, OPTIMIZER)) {
        double first = training.step(batch(), learningRate());
        assertThat(training.step(batch(), learningRate())).isLessThan(first);
        assertThat(training.current()).isNotEqualTo(start);
        assertThat(training.current().position()).isEqualTo(2);
        assertThat(training.current().length()).isEqualTo(3);
      }
      assertThat(start).isEqualTo(softPrompt(model));
      assertThat(scores(model)).containsExactly(before);
    }
  }

  @Test
  void scoresSeeASoftPromptAsItsTrainingDoes() throws Exception {
    try (LanguageModel model = newModel()) {
      SoftPrompt prompt = softPrompt(model);
      double[] scores = flat(model.score(batch().stream().map(s -> s.with(prompt)).toList()));
      assertThat(scores).isNotEqualTo(scores(model));
      try (SoftPromptTraining training = model.trainSoftPrompt(prompt, OPTIMIZER)) {
        assertThat(training.step(batch(), 0))
            .isCloseTo(-Arrays.stream(scores).average().orElseThrow(), within(tolerance()));
        assertThat(training.current()).isEqualTo(prompt);
      }
    }
  }

  @Test
  void weightsAreTrainedBehindAFixedSoftPrompt() throws Exception {
    try (LanguageModel model = newModel();
        Training training = model.train(ALL, OPTIMIZER)) {
      SoftPrompt prompt = softPrompt(model);
      List<TokenSequence> inserted = batch().stream().map(s -> s.with(prompt)).toList();
      double first = training.step(inserted, learningRate());
      assertThat(training.step(inserted, learningRate())).isLessThan(first);
      assertThat(prompt).isEqualTo(softPrompt(model));
    }
  }

  @Test
  void aSecondTrainingMustWaitForTheFirst() throws Exception {
    try (LanguageModel model = newModel()) {
      try (Training first = model.train(ALL, OPTIMIZER)) {
        assertUnavailable(() -> model.train(ALL, OPTIMIZER).close());
        assertUnavailable(() -> model.trainSoftPrompt(softPrompt(model), OPTIMIZER).close());
        first.step(batch(), learningRate());
      }
      train(model, 1);
    }
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBadBatchIsRefusedAndNothingIsChanged() throws Exception {
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
  void badPromptsAreRefused() throws Exception {
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
  void behindAPrefixComesWhatComesForTheWholePrompt() throws Exception {
    try (LanguageModel model = newModel();
        Prefix prefix = model.prefix(new int[] {5, 3, 9, 12})) {
      List<int[]> rests = List.of(new int[] {4, 8, 7}, new int[] {6}, new int[] {9, 9});
      assertThat(prefix.ids()).containsExactly(5, 3, 9, 12);
      assertBehind(model, prefix, rests);
      train(model, 3);
      assertBehind(model, prefix, rests);
    }
  }

  private static void assertBehind(LanguageModel model, Prefix prefix, List<int[]> rests) {
    List<int[]> whole = rests.stream().map(rest -> concat(prefix.ids(), rest)).toList();
    List<int[]> wanted = model.generate(whole, 6);
    List<int[]> found = model.generate(prefix, rests, 6);
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).containsExactly(wanted.get(i));
    }
  }

  @Test
  void badPrefixesAndWhatDoesNotFitBehindThemAreRefused() throws Exception {
    try (LanguageModel model = newModel();
        LanguageModel other = newModel();
        Prefix prefix = model.prefix(new int[] {5, 3})) {
      int context = model.info().contextLength();
      List<int[]> rests = List.of(new int[] {4});
      assertRefused(() -> model.prefix(new int[0]).close());
      assertRefused(() -> model.generate(prefix, List.of(new int[0]), 1));
      assertRefused(() -> model.generate(prefix, rests, 0));
      assertRefused(() -> model.generate(prefix, rests, context - 2));
      assertRefused(() -> other.generate(prefix, rests, 1));
      assertThat(model.generate(prefix, rests, 1)).hasSize(1);
      prefix.close();
      prefix.close();
      assertUnavailable(() -> model.generate(prefix, rests, 1));
    }
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void twoModelsOnTwoThreadsTrainAsEachAlone() throws Exception {
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
  void savingTwiceReplacesTheFolderAndLeavesNothingBeside(@TempDir Path folder) throws Exception {
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
  void aClosedModelRefusesEveryCall(@TempDir Path folder) throws Exception {
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
