package io.sande.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {
  @ParameterizedTest
  @CsvSource({"50, 7.13", "200, 1.88", "275, 1.38", "381, 1.00", "1000, 0.38"})
  void noHitsStillLeaveAnUpperBound(int count, double percent) {
    Interval interval = new Rate(0, count).interval();
    assertThat(interval.low()).isZero();
    assertThat(100 * interval.high()).isCloseTo(percent, within(0.006));
    Interval mirrored = new Rate(count, count).interval();
    assertThat(mirrored.low()).isCloseTo(1 - interval.high(), within(1e-12));
    assertThat(mirrored.high()).isEqualTo(1);
  }

  @Test
  void tenOfAHundredIsTheTextbooksInterval() {
    Interval interval = new Rate(10, 100).interval();
    assertThat(interval.low()).isCloseTo(0.0552, within(1e-4));
    assertThat(interval.high()).isCloseTo(0.1744, within(1e-4));
  }

  @Test
  void nothingCountedSaysNothing() {
    assertThat(Wilson.interval(0, 0)).isEqualTo(new Interval(0, 1));
  }

  @Test
  void moreHitsThanAnswersAreRefused() {
    assertThatThrownBy(() -> new Rate(3, 2)).hasMessage("hits must be 0 to 2 but was 3");
  }
}
