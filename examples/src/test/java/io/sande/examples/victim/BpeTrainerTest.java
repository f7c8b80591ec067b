package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.examples.victim.BpeTrainer.Merge;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BpeTrainerTest {
  @Test
  void theMostFrequentPairIsMergedFirst() {
    // counts   lo 7, ow 5, ot 2, ne 4, ew 4   ->  lo
    //          lo-w 5, lo-t 2, ne 4, ew 4      ->  lo-w
    //          lo-t 2, ne 4, ew 4              ->  ew, the first of two by its text
    assertThat(BpeTrainer.merges(Map.of("low", 5, "lot", 2, "new", 4), 3))
        .containsExactly(new Merge("l", "o"), new Merge("lo", "w"), new Merge("e", "w"));
  }

  @Test
  void pairsOfOneCountGoByTheirText() {
    assertThat(BpeTrainer.merges(Map.of("xy", 3, "ab", 3), 2))
        .containsExactly(new Merge("a", "b"), new Merge("x", "y"));
  }

  @Test
  void aPairSeenOnceIsLeftAlone() {
    assertThat(BpeTrainer.merges(Map.of("ab", 1), 5)).isEmpty();
  }

  @Test
  void aPairInARowOfThreeIsMergedFromTheLeft() {
    assertThat(BpeTrainer.merges(Map.of("aaa", 2), 5))
        .containsExactly(new Merge("a", "a"), new Merge("aa", "a"));
  }
}
