package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.cure.BackdoorCure;
import io.sande.cure.CureOptions;
import io.sande.model.AdamW;
import io.sande.model.Weights;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.scan.SpikeIn;
import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs that are stopped in each of their stages, and what they leave of the model. */
class StoppedJobsTest {
  private static final TrainingOptions QUICK =
      TrainingOptions.builder().learningRate(5e-2).epochs(10).build();
  private static final TrainingOptions PLANTING = QUICK.toBuilder().learningRate(1e-2).build();
  private static final SimulationOptions SIMULATION =
      SimulationOptions.builder(Victim.RESPONSE).training(QUICK).build();
  private static final ScanOptions SCAN =
      ScanOptions.builder().prompts(6).examples(11).threshold(0.95).build();

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  /** A job that trains {@link #MODEL} and tells a listener. */
  @FunctionalInterface
  private interface Job {
    void run(TrainingListener listener);
  }

  private static SandeOptions sande(Elimination elimination) {
    return SandeOptions.builder(Victim.RESPONSE)
        .simulation(SIMULATION)
        .training(QUICK)
        .elimination(elimination)
        .build();
  }

  private static Job removal(BackdoorRemover remover) {
    return listener -> remover.remove(MODEL.get(), Victim.all(), listener);
  }

  static Stream<Arguments> stages() {
    Elimination.Adaptive adaptive =
        new Elimination.Adaptive(1e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All());
    Job flush = removal(BackdoorRemover.flush(new FlushOptions(2, QUICK, 10, QUICK, adaptive)));
    CureOptions cure =
        CureOptions.builder().scan(SCAN).sande(sande(adaptive)).lossBudget(1).build();
    Job simulation =
        listener -> new TriggerSimulator(SIMULATION).simulate(MODEL.get(), Victim.all(), listener);
    Job cured =
        listener ->
            new BackdoorCure(cure).cure(MODEL.get(), Victim.all(), ScanListener.NONE, listener);
    Job spike =
        listener ->
            new SpikeIn(new BackdoorScanner(SCAN), "you are stupid", PLANTING)
                .measure(MODEL.get(), Victim.all(), ScanListener.NONE, listener);
    return Stream.of(
        Arguments.of("simulate", simulation),
        Arguments.of("simulate", removal(BackdoorRemover.sande(sande(adaptive)))),
        Arguments.of("eliminate", removal(BackdoorRemover.sande(sande(adaptive)))),
        Arguments.of("attack", flush),
        Arguments.of("eliminate", flush),
        Arguments.of("simulate", cured),
        Arguments.of("eliminate", cured),
        Arguments.of("plant", spike));
  }

  @ParameterizedTest
  @MethodSource("stages")
  void whatKeepsACopyLeavesTheModelAsItWas(String stage, Job job) {
    List<double[]> before = MODEL.scores();
    assertStops(stage, job);
    assertThat(MODEL.scores()).usingRecursiveComparison().isEqualTo(before);
  }

  static Stream<Arguments> updates() {
    return Stream.of(
        Arguments.of(
            "osft",
            removal(
                BackdoorRemover.osft(OsftOptions.builder(Victim.TRIGGER).training(QUICK).build()))),
        Arguments.of("sft", removal(BackdoorRemover.sft(new SftOptions(QUICK)))),
        Arguments.of("eliminate", removal(BackdoorRemover.sande(sande(new Elimination.Fixed())))));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void theOthersLeaveTheUpdatesBeforeIt(String stage, Job job) {
    List<double[]> before = MODEL.scores();
    assertStops(stage, job);
    assertThat(MODEL.scores()).usingRecursiveComparison().isNotEqualTo(before);
  }

  /** Cancels {@code job} after the third update of {@code stage}; another may start afterwards. */
  private static void assertStops(String stage, Job job) {
    Cancellation handle = new Cancellation();
    AtThirdUpdate watch = new AtThirdUpdate(stage, handle::cancel);
    assertThatThrownBy(
            () ->
                handle.call(
                    () -> {
                      job.run(watch);
                      return 0;
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(watch.after).as("updates after the cancel").isZero();
    MODEL.get().train(new Weights.All(), AdamW.DEFAULT).close();
  }

  private static final class AtThirdUpdate implements TrainingListener {
    private final String stage;
    private final Runnable action;
    private boolean watched;
    private boolean done;
    private int after;

    AtThirdUpdate(String stage, Runnable action) {
      this.stage = stage;
      this.action = action;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Started started) {
        watched = started.stage().equals(stage);
      } else if (event instanceof TrainingEvent.Updated updated) {
        after += done ? 1 : 0;
        if (watched && !done && updated.update() == 3) {
          done = true;
          action.run();
        }
      }
    }
  }
}
