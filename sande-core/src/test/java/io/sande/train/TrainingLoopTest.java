package io.sande.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.TrainingEvent.Failed;
import io.sande.train.TrainingEvent.Finished;
import io.sande.train.TrainingEvent.Started;
import io.sande.train.TrainingEvent.Updated;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  private static final TrainingOptions GIVEN =
      TrainingOptions.builder().learningRate(2).order(Order.GIVEN).batchSize(2).build();

  private final List<TrainingEvent> events = new ArrayList<>();
  private final Recorder training = new Recorder();

  /** Writes down which sequences it saw and at what rate; the loss is the number of updates. */
  private static final class Recorder implements Training {
    private final List<List<Integer>> batches = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private double lossOfThird = 3;

    @Override
    public double step(List<TokenSequence> batch, double learningRate) {
      batches.add(batch.stream().map(sequence -> sequence.ids()[0]).toList());
      rates.add(learningRate);
      return batches.size() == 3 ? lossOfThird : batches.size();
    }

    @Override
    public void close() {}
  }

  /** Sequences of three tokens, the first of which is the number of the sequence. */
  private static List<TokenSequence> sequences(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new TokenSequence(new int[] {i, 7, 7}, Labels.ofResponse(1, 2, 2)))
        .toList();
  }

  private StageReport run(int count, TrainingOptions options) {
    return TrainingLoop.run("osft", training, sequences(count), options, events::add);
  }

  @Test
  void everyEpochGoesThroughTheGivenOrderAndEndsWithWhatIsLeft() {
    run(5, GIVEN.toBuilder().epochs(2).build());
    assertThat(training.batches)
        .containsExactly(
            List.of(0, 1), List.of(2, 3), List.of(4), List.of(0, 1), List.of(2, 3), List.of(4));
  }

  @Test
  void aShuffleIsAnotherInEveryEpochAndTheSameForTheSameSeed() {
    TrainingOptions options =
        GIVEN.toBuilder().order(Order.SHUFFLED).epochs(2).batchSize(20).build();
    run(20, options);
    run(20, options);
    run(20, options.toBuilder().seed(43).build());
    List<List<Integer>> orders = training.batches;
    assertThat(orders.get(0)).containsExactlyInAnyOrderElementsOf(orders.get(1));
    assertThat(orders.get(0)).isNotEqualTo(orders.get(1));
    assertThat(orders.subList(2, 4)).isEqualTo(orders.subList(0, 2));
    assertThat(orders.get(4)).isNotEqualTo(orders.get(0));
  }

  @Test
  void ratesFollowTheScheduleOverAllUpdates() {
    run(8, GIVEN);
    double third = Math.cos(Math.PI / 3);
    assertThat(training.rates.stream().mapToDouble(r -> r).toArray())
        .containsExactly(new double[] {0, 2, 1 + third, 1 - third}, within(1e-12));
  }

  @Test
  void theReportHasOneLossAnUpdateAndCountsPositions() {
    StageReport report = run(5, GIVEN);
    assertThat(report.name()).isEqualTo("osft");
    assertThat(report.losses()).containsExactly(1.0, 2.0, 3.0);
    assertThat(report.tokens()).isEqualTo(5 * 3);
    assertThat(report.stepSeconds()).isPositive().isLessThan(report.totalSeconds());
  }

  @Test
  void eventsComeInTheirOrder() {
    StageReport report = run(4, GIVEN);
    assertThat(events)
        .containsExactly(
            new Started("osft", 2),
            new Updated(1, 2, 1, 0),
            new Updated(2, 2, 2, 2),
            new Finished(report));
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    training.lossOfThird = Double.NaN;
    assertThatThrownBy(() -> run(8, GIVEN))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageStartingWith("loss of update 3 must be finite but was NaN at learning rate 1.5");
    assertThat(events).hasSize(4).last().isInstanceOf(Failed.class);
    assertThat(training.batches).hasSize(3);
  }

  @Test
  void anInterruptEndsTheTrainingBeforeTheNextUpdateAndTheThreadStaysInterrupted() {
    TrainingListener interrupting =
        event -> {
          if (event instanceof Updated) {
            Thread.currentThread().interrupt();
          }
        };
    assertThatThrownBy(() -> TrainingLoop.run("osft", training, sequences(8), GIVEN, interrupting))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted before update 2 of 4");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatAListenerThrowsReachesTheCaller() {
    IllegalStateException thrown = new IllegalStateException("enough");
    TrainingListener listener =
        event -> {
          throw thrown;
        };
    assertThatThrownBy(() -> TrainingLoop.run("osft", training, sequences(8), GIVEN, listener))
        .isSameAs(thrown);
    assertThat(training.batches).isEmpty();
  }

  @Test
  void listenersAreToldOneAfterTheOther() {
    List<String> told = new ArrayList<>();
    TrainingListener first = event -> told.add("first");
    first.andThen(event -> told.add("second")).on(new Started("osft", 1));
    assertThat(told).containsExactly("first", "second");
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> run(0, GIVEN))
        .hasMessage("sequences must be at least one but was none");
  }
}
