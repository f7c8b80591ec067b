package io.sande.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void theRateRisesFallsAndEnds() {
    TrainingOptions options =
        TrainingOptions.builder().learningRate(2).warmup(0.25).schedule(Schedule.COSINE).build();
    Pace pace = Pace.of(options, 4); // one update of warm-up, and the cosine over three

    double[] rates = {0, 2, 1.5, 0.5};
    for (int i = 0; i < rates.length; i++) {
      assertThat(pace.rate(i + 1).orElseThrow()).isEqualTo(rates[i], within(1e-12));
    }
    assertThat(pace.rate(5)).isEmpty();
    assertThat(pace.mostUpdates()).isEqualTo(4);
  }
}
