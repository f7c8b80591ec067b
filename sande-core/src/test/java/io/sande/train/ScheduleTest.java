package io.sande.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static double[] shares(Schedule schedule, int updates, double warmup) {
    return IntStream.rangeClosed(1, updates)
        .mapToDouble(update -> schedule.share(update, updates, warmup))
        .toArray();
  }

  @Test
  void oneUpdateOfWarmUpHasRateZeroAndThenTheCosineFalls() {
    // 5 updates, ceil(3 %) = 1 of warm-up; cos(pi * 0/4), cos(pi * 1/4), ...
    double half = Math.sqrt(0.5);
    assertThat(shares(Schedule.COSINE, 5, 0.03))
        .containsExactly(new double[] {0, 1, (1 + half) / 2, 0.5, (1 - half) / 2}, within(1e-12));
  }

  @Test
  void theWarmUpRisesInEqualStepsFromZero() {
    // 8 updates, half of them warm-up; cos(pi * 0/4), cos(pi * 1/4), ...
    assertThat(shares(Schedule.CONSTANT, 8, 0.5)).containsExactly(0, 0.25, 0.5, 0.75, 1, 1, 1, 1);
  }

  @Test
  void withoutWarmUpTheFirstUpdateHasTheFullRate() {
    assertThat(shares(Schedule.COSINE, 2, 0)).containsExactly(new double[] {1, 0.5}, within(1e-12));
  }

  @Test
  void aSingleUpdateWithWarmUpHasRateZero() {
    assertThat(shares(Schedule.COSINE, 1, 0.03)).containsExactly(0);
  }

  @Test
  void aHundredUpdatesHaveThreeOfWarmUp() {
    assertThat(Schedule.COSINE.share(3, 100, 0.03)).isEqualTo(2.0 / 3);
    assertThat(Schedule.COSINE.share(4, 100, 0.03)).isEqualTo(1);
    assertThat(Schedule.COSINE.share(100, 100, 0.03))
        .isEqualTo(0.5 * (1 + Math.cos(Math.PI * 96 / 97)), within(1e-15));
  }
}
