package io.sande.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final Candidates candidates = new Candidates();

  private void add(double score, int... tokens) {
    candidates.add(new Run(tokens, score));
  }

  @Test
  void ofTwoThatOverlapTheLongerStaysWithTheBetterScore() {
    add(0.4, 5, 6, 7);
    add(0.3, 4, 5, 6, 7);
    add(0.9, 6, 7, 4);
    assertThat(candidates.runs()).extracting(Run::score).containsExactly(0.9, 0.4);
    assertThat(candidates.runs().get(1).tokens()).containsExactly(4, 5, 6, 7);
    assertThat(candidates.best()).isEqualTo(0.9);
  }

  @Test
  void aShortOneOverlapsWhatHasAllOfIt() {
    add(0.4, 5, 6);
    assertThat(candidates.isNew(new int[] {1, 5, 6, 2})).isFalse();
    assertThat(candidates.isNew(new int[] {5, 2, 6})).isTrue();
  }

  @Test
  void withoutAnyTheBestIsZero() {
    assertThat(candidates.best()).isZero();
    assertThat(candidates.isNew(new int[] {1, 2, 3})).isTrue();
  }
}
