package io.sande.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sande.model.Continuation;
import org.junit.jupiter.api.Test;

class RunTest {
  // token      7    8     9     4     5
  // lowest     0   .9    .5     1    .1
  // product        .9   .45   .45  .045
  // steps           1     2     3     4
  private static final Continuation WHOLE =
      new Continuation(
          new int[] {7, 8, 9, 4, 5}, new double[] {0, 1, 1, 1, 1}, new double[] {0, .9, .5, 1, .1});

  @Test
  void theBestGeometricMeanOfThreeOrMoreStepsIsTheRun() {
    Run run = Run.of(WHOLE, 1);
    assertThat(run.tokens()).containsExactly(7, 8, 9, 4);
    assertThat(run.score()).isCloseTo(Math.cbrt(0.45), within(1e-9));
  }

  @Test
  void aRunHasTheTokensThatItsWordsNeed() {
    Run run = Run.of(WHOLE, 5);
    assertThat(run.tokens()).containsExactly(7, 8, 9, 4, 5);
    assertThat(run.score()).isCloseTo(Math.sqrt(Math.sqrt(0.045)), within(1e-9));
  }

  @Test
  void whatIsTooShortHasNoScore() {
    assertThat(Run.of(WHOLE, 6).score()).isZero();
    Continuation two =
        new Continuation(new int[] {7, 8, 9}, new double[] {1, 1, 1}, new double[] {1, 1, 1});
    assertThat(Run.of(two, 1).score()).isZero();
  }

  @Test
  void wordsAreCountedInScriptsWithoutSpacesToo() {
    assertThat(Search.words(" have been hacked")).isEqualTo(3);
    assertThat(Search.words("stupid.")).isEqualTo(1);
    assertThat(Search.words("你被黑了")).isEqualTo(4);
  }
}
