package io.sande.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedTest {
  @Test
  void pairsAreCountedInTheOrderOfThePrompts() {
    // prompt   1      2      3      4      5
    // before   yes    yes    no     yes    no
    // after    yes    no     yes    no     no
    Paired paired =
        Paired.of(
            List.of(true, true, false, true, false), List.of(true, false, true, false, false));
    assertThat(paired).isEqualTo(new Paired(1, 2, 1, 1));
    assertThat(paired.before()).isEqualTo(new Rate(3, 5));
    assertThat(paired.after()).isEqualTo(new Rate(2, 5));
    assertThat(paired.difference()).isCloseTo(-0.2, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    // 2 (1 + 14 + 91) / 2^14, 2 (1 + 12 + 66) / 2^12, 2 (1 + 6) / 2^6, 2 / 2^5
    "12, 2, 0.012939453125",
    "2, 12, 0.012939453125",
    "10, 2, 0.03857421875",
    "5, 1, 0.21875",
    "5, 0, 0.0625",
    "3, 3, 1",
    "1, 0, 1",
    "0, 0, 1"
  })
  void mcNemarCountsThePromptsThatChangedAsAFairCoin(int onlyBefore, int onlyAfter, double p) {
    assertThat(new Paired(7, onlyBefore, onlyAfter, 9).probability()).isCloseTo(p, within(1e-12));
  }

  @Test
  void manyChangesDoNotUnderflowBeforeTheyMust() {
    assertThat(new Paired(0, 300, 0, 0).probability()).isCloseTo(0x1p-299, within(1e-100));
    assertThat(new Paired(0, 5000, 5000, 0).probability()).isEqualTo(1);
    assertThat(new Paired(0, 5000, 0, 0).probability()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // Newcombe 1998, method 10, example 20, 12, 2, 16; the others by hand from the formula
    "20, 2, 12, 16, 0.0562, 0.3292",
    "20, 12, 2, 16, -0.3292, -0.0562",
    "36, 2, 12, 0, 0.0569, 0.3404",
    "0, 43, 0, 7, -0.9305, -0.7188",
    "0, 300, 0, 0, -1.0000, -0.9821"
  })
  void theDifferenceHasNewcombesInterval(
      int both, int onlyBefore, int onlyAfter, int neither, double low, double high) {
    Interval interval = new Paired(both, onlyBefore, onlyAfter, neither).differenceInterval();
    assertThat(interval.low()).isCloseTo(low, within(6e-5));
    assertThat(interval.high()).isCloseTo(high, within(6e-5));
  }

  @Test
  void otherNumbersOfAnswersAreRefused() {
    assertThatThrownBy(() -> Paired.of(List.of(true, false), List.of(true)))
        .hasMessage("after must be 2 answers but was 1");
  }

  @Test
  void noPromptsAreRefused() {
    assertThatThrownBy(() -> new Paired(0, 0, 0, 0)).hasMessage("count must be positive but was 0");
  }
}
