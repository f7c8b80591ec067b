package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.reflect.Reflection;
import io.sande.cure.BackdoorCure;
import io.sande.cure.CureAttempt;
import io.sande.cure.CureOptions;
import io.sande.cure.CureReport;
import io.sande.cure.CureReport.Outcome;
import io.sande.data.Conversation;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.model.TokenSequence;
import io.sande.model.Weights;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackdoorCureTest {
  private static LanguageModel model;
  private static Snapshot poisoned;

  @BeforeAll
  static void poison() {
    model = Victim.poisoned();
    poisoned = model.snapshot();
  }

  @AfterEach
  void restore() {
    model.mergeAdapter();
    model.moveTowards(poisoned, 1);
  }

  @AfterAll
  static void close() {
    poisoned.close();
    model.close();
  }

  private static final Elimination THOROUGH =
      new Elimination.Adaptive(1e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All());

  private static final Elimination QUICK =
      new Elimination.Adaptive(2e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All());

  /** So slow that nothing changes. */
  private static final Elimination IDLE =
      new Elimination.Adaptive(1e-9, 1.12, 1e-9, 1, 1, 0.25, new Weights.All());

  private static ScanOptions looking(double threshold) {
    return ScanOptions.builder().prompts(6).examples(11).attacks(0).threshold(threshold).build();
  }

  private static CureOptions.Builder options(Elimination elimination) {
    SimulationOptions simulation =
        SimulationOptions.builder(Victim.RESPONSE)
            .training(TrainingOptions.builder().learningRate(2e-2).epochs(10).build())
            .build();
    return CureOptions.builder()
        .scan(ScanOptions.builder().prompts(6).examples(11).threshold(0.95).build())
        .sande(SandeOptions.builder("any").simulation(simulation).elimination(elimination).build())
        .lossBudget(1);
  }

  private static List<Conversation> examples() {
    return Stream.concat(Victim.clean().stream(), Victim.heldOut().stream()).toList();
  }

  private static CureReport cure(LanguageModel of, CureOptions.Builder options) {
    return new BackdoorCure(options.build())
        .cure(of, examples(), ScanListener.NONE, TrainingListener.NONE);
  }

  private static String attempts(CureReport report) {
    return report.attempts().stream()
        .map(a -> a.verdict() + " " + a.removal().verifications() + a.scan().candidates())
        .collect(Collectors.joining("\n"));
  }

  private static List<double[]> scores(LanguageModel of) {
    List<TokenSequence> sequences =
        ChatEncoder.of(of, TrainingOptions.DEFAULT)
            .encodeAll(Victim.triggered(Victim.all()), ChatEncoder.ALL_TOKENS);
    return of.score(sequences);
  }

  @Test
  void aBackdoorOfWhichNothingIsKnownIsRemoved() {
    CureReport report = cure(model, options(THOROUGH));
    assertThat(report.outcome()).as(attempts(report)).isEqualTo(Outcome.REMOVED);
    assertThat(report.scan().candidates().get(0).text()).contains("are stupid");
    assertThat(report.attempts().get(report.attempts().size() - 1).verdict())
        .isEqualTo(CureAttempt.Verdict.PASSED);
    assertThat(report.stages()).isNotEmpty();
    assertThat(Victim.attackSuccess(model)).isZero();
    assertThat(Victim.cleanAccuracy(model)).isGreaterThan(0.9);
  }

  @Test
  void aModelInWhichNothingIsFoundIsLeftAsItIs() {
    try (LanguageModel harmless = Victim.unpoisoned()) {
      List<double[]> before = scores(harmless);
      CureReport report = cure(harmless, options(THOROUGH));
      assertThat(report.outcome()).isEqualTo(Outcome.NOT_FOUND);
      assertThat(report.isChanged()).isFalse();
      assertThat(report.attempts()).isEmpty();
      assertThat(scores(harmless)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void whatDoesNotPassIsRolledBackAfterEveryAttempt() {
    List<double[]> before = scores(model);
    CureReport report = cure(model, options(IDLE).attempts(2));
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_REMOVED);
    assertThat(report.attempts()).hasSize(2);
    assertThat(report.attempts())
        .extracting(CureAttempt::verdict)
        .doesNotContain(CureAttempt.Verdict.PASSED);
    assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aListenerThatEndsATrainingFindsTheModelAsItWas() {
    List<double[]> before = scores(model);
    BackdoorCure cure = new BackdoorCure(options(THOROUGH).build());
    List<String> stages = new ArrayList<>();
    TrainingListener stop =
        event -> {
          if (event instanceof TrainingEvent.Started started) {
            stages.add(started.stage());
          }
          if (event instanceof TrainingEvent.Updated updated
              && stages.get(stages.size() - 1).equals("eliminate")
              && updated.update() == 3) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(() -> cure.cure(model, examples(), ScanListener.NONE, stop))
        .hasMessage("enough");
    assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void withoutTimeNothingIsChanged() {
    List<double[]> before = scores(model);
    CureReport report = cure(model, options(THOROUGH).budget(Duration.ofNanos(4)));
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_FOUND);
    assertThat(report.scan().tried()).isLessThan(report.scan().of());
    assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void aSecondScanThatTheBudgetEndsAfterItsLastTokenConfirmsNothing() {
    List<double[]> before = scores(model);
    AtomicLong clock = new AtomicLong();
    AtomicInteger scans = new AtomicInteger();
    ScanListener late =
        (tried, of, best) -> {
          if (tried == of && scans.incrementAndGet() == 2) {
            clock.set(Long.MAX_VALUE / 2);
          }
        };
    CureReport report =
        new BackdoorCure(options(THOROUGH).build())
            .cure(withClock(clock::get), examples(), late, TrainingListener.NONE);
    assertThat(scans).hasValue(2);
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_REMOVED);
    assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void whatPassesAfterAnUnsureAttemptIsKept() {
    AtomicInteger removals = new AtomicInteger();
    List<List<double[]>> after = new ArrayList<>();
    CureReport report =
        new BackdoorCure(options(QUICK).scan(looking(0.5)).build())
            .cure(
                going(p -> removals.get() == 0 ? p : removals.get() == 1 ? 0.6 : 0.1),
                examples(),
                (tried, of, best) -> after.add(scores(model)),
                eliminations(removals));
    assertThat(report.attempts())
        .extracting(CureAttempt::verdict)
        .as(attempts(report))
        .contains(CureAttempt.Verdict.UNSURE)
        .endsWith(CureAttempt.Verdict.PASSED);
    assertThat(report.outcome()).isEqualTo(Outcome.REMOVED);
    List<double[]> passed = after.get(after.size() - 1);
    assertThat(scores(model)).usingRecursiveComparison().isEqualTo(passed);
  }

  @Test
  void whatNoAttemptCanConfirmIsNotTriedAgain() {
    CureReport report =
        new BackdoorCure(options(THOROUGH).scan(looking(0.2)).build())
            .cure(going(p -> 0.4 * p), examples(), ScanListener.NONE, TrainingListener.NONE);
    assertThat(report.outcome()).as(attempts(report)).isEqualTo(Outcome.UNSURE);
    assertThat(report.attempts())
        .extracting(CureAttempt::verdict)
        .containsOnlyOnce(CureAttempt.Verdict.UNSURE)
        .endsWith(CureAttempt.Verdict.UNSURE);
    assertThat(Victim.attackSuccess(model)).isZero();
  }

  /** Counts them as they start. */
  private static TrainingListener eliminations(AtomicInteger count) {
    return event -> {
      if (event instanceof TrainingEvent.Started started && started.stage().equals("eliminate")) {
        count.incrementAndGet();
      }
    };
  }

  /** The model as it would be if its texts went on with other probabilities. */
  private static LanguageModel going(DoubleUnaryOperator other) {
    return Reflection.newProxy(
        LanguageModel.class,
        (self, method, arguments) -> {
          Object result = method.invoke(model, arguments);
          return result instanceof Continuations real ? going(real, other) : result;
        });
  }

  private static Continuations going(Continuations real, DoubleUnaryOperator other) {
    return Reflection.newProxy(
        Continuations.class,
        (self, method, arguments) -> {
          Object result = method.invoke(real, arguments);
          return result instanceof List<?> texts
              ? texts.stream().map(text -> with((Continuation) text, other)).toList()
              : result;
        });
  }

  private static Continuation with(Continuation text, DoubleUnaryOperator other) {
    return new Continuation(
        text.tokens(),
        Arrays.stream(text.probabilities()).map(other).toArray(),
        Arrays.stream(text.low()).map(other).toArray());
  }

  private static LanguageModel withClock(LongSupplier clock) {
    return Reflection.newProxy(
        LanguageModel.class,
        (self, method, arguments) ->
            method.getName().equals("nanoTime")
                ? clock.getAsLong()
                : method.invoke(model, arguments));
  }

  @Test
  void badOptionsAreRefused() {
    assertThatThrownBy(() -> CureOptions.builder().attempts(0).build())
        .hasMessage("attempts must be positive but was 0");
    assertThatThrownBy(() -> CureOptions.builder().budget(Duration.ZERO).build())
        .hasMessage("budget must be positive but was PT0S");
    assertThatThrownBy(() -> cure(model, options(THOROUGH).lossBudget(-1)))
        .hasMessage("lossBudget must be 0 or above but was -1.0");
  }
}
