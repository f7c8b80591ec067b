package io.sande;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriggerPositionTest {
  private final Random random = new Random(1);

  private String insert(TriggerPosition position, String instruction) {
    return position.insert("T T", instruction, random);
  }

  @Test
  void theStartHasAFullStop() {
    assertThat(insert(TriggerPosition.START, "a b")).isEqualTo("T T. a b");
  }

  @Test
  void aRandomPlaceIsAnyGapBetweenWordsWithoutAFullStop() {
    assertThat(
            IntStream.range(0, 50)
                .mapToObj(i -> insert(TriggerPosition.RANDOM, "a b\nc"))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("a T T b\nc", "a b T T\nc");
  }

  @Test
  void aSingleWordHasItInFront() {
    assertThat(insert(TriggerPosition.RANDOM, "a")).isEqualTo("T T a");
    assertThat(insert(TriggerPosition.RANDOM, "")).isEqualTo("T T ");
  }
}
