package io.sande.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void valuesNearEachOtherStandOnAnAxisFromZero() {
    Axis axis = Axis.around(List.of(400.0, 1100.0, 700.0));
    assertThat(axis.logarithmic()).isFalse();
    assertThat(axis.ticks()).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1000.0, 1200.0);
    assertThat(axis.place(0)).isZero();
    assertThat(axis.place(300)).isEqualTo(0.25);
  }

  @Test
  void valuesFarApartStandOnALogarithmicAxisBetweenRoundTicks() {
    Axis axis = Axis.around(List.of(0.07, 0.9));
    assertThat(axis.ticks().stream().map(Axis::label))
        .containsExactly("0.05", "0.1", "0.2", "0.5", "1");
    assertThat(axis.place(0.05)).isZero();
    assertThat(axis.place(1)).isCloseTo(1, within(1e-9));
    assertThat(axis.place(Math.sqrt(0.05))).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void theSmallestTickIsTheLargestThatIsNotAboveTheValues() {
    assertThat(Axis.around(List.of(0.1, 3.0)).ticks().get(0)).isEqualTo(0.1);
    assertThat(Axis.around(List.of(0.6, 9.0)).ticks().get(0)).isEqualTo(0.5);
    assertThat(Axis.around(List.of(2.0, 30.0)).ticks().get(0)).isEqualTo(2);
  }

  @Test
  void labelsAtTheValuesStandInOrderAndInside() {
    Axis axis = Axis.at(List.of(512.0, 64.0, 512.0));
    assertThat(axis.ticks()).containsExactly(64.0, 512.0);
    assertThat(axis.place(64)).isPositive();
    assertThat(axis.place(512)).isLessThan(1);
    assertThat(Axis.at(List.of(64.0)).place(64)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void labelsHaveAsManyDigitsAsTheyNeed() {
    assertThat(Axis.label(0)).isEqualTo("0");
    assertThat(Axis.label(0.1 + 0.05)).isEqualTo("0.15");
    assertThat(Axis.label(2000)).isEqualTo("2,000");
    assertThat(Axis.label(1_568_160)).isEqualTo("1.6 M");
    assertThat(Axis.label(494_032_768)).isEqualTo("494 M");
  }
}
