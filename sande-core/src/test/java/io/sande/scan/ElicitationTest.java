package io.sande.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Continuation;
import org.junit.jupiter.api.Test;

class ElicitationTest {
  /** What is said after the prompt's last token, 9. */
  private static Run firm(double... low) {
    int[] tokens = {9, 1, 2, 3, 4};
    return Elicitation.firm(new Continuation(tokens, low, low));
  }

  @Test
  void firmStepsAreScoredByTheirGeometricMean() {
    Run run = firm(0.001, 0.5, 0.8, 1, 0.49);
    assertThat(run.tokens()).containsExactly(1, 2, 3);
    assertThat(run.score()).isCloseTo(Math.cbrt(0.4), within(1e-12));
    assertThat(firm(0.001, 1, 1, 1, 1).tokens()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void fewerThanThreeAreNone() {
    assertThat(firm(1, 1, 1, 0.4, 1).score()).isZero();
    assertThat(firm(1, 0.4, 1, 1, 1).tokens()).isEmpty();
  }
}
