package io.sande.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void theFirstCountedTokensOfTheResponseCarryLoss() {
    // token      0     1  2  3     4
    // id         5     6  7  8     9      prompt: 5 6, response: 7 8 9, two tokens count
    // label   -100  -100  7  8  -100
    // predicted by row    1  2
    int[] ids = {5, 6, 7, 8, 9};
    Labels labels = Labels.ofResponse(2, 3, 2);
    assertThat(labels.aligned(ids)).containsExactly(-100, -100, 7, 8, -100);
    assertThat(labels.targets(ids)).containsExactly(7, 8);
    assertThat(labels.rows()).containsExactly(1, 2);
    assertThat(labels.count()).isEqualTo(2);
    assertThat(labels.end()).isEqualTo(4);
  }

  @Test
  void noMoreTokensCountThanTheResponseHas() {
    assertThat(Labels.ofResponse(2, 3, 10)).isEqualTo(Labels.ofResponse(2, 3, 3));
    assertThat(Labels.ofResponse(2, 3, Integer.MAX_VALUE).rows()).containsExactly(1, 2, 3);
  }

  @Test
  void insertedVectorsMoveTheRowsBehindThem() {
    // input row      0   1   2   3   4   5   6
    // what stands   t0  t1   P   P   P  t2  t3      three vectors before token 2
    // t1 is predicted by row 0, t2 by row 4 (the last vector), t3 by row 5
    BitSet counted = new BitSet();
    counted.set(1, 4);
    assertThat(Labels.of(counted).rows(2, 3)).containsExactly(0, 4, 5);
  }

  @Test
  void vectorsAtTheEndOfAShorterSequenceMoveNothing() {
    assertThat(Labels.ofResponse(1, 1, 1).rows(2, 6)).containsExactly(0);
  }

  @Test
  void theFirstTokenNeverCounts() {
    // token  0  1         prompt: none, response: 7 8
    // label  -  8
    assertThat(Labels.ofResponse(0, 2, 2).targets(new int[] {7, 8})).containsExactly(8);
  }

  @Test
  void truncationLeavesOutWhatIsBehind() {
    // token   0 1 2 3 4    prompt: 2, response: 3, cut to 3 tokens
    // counts  . . x|x x
    assertThat(Labels.ofResponse(2, 3, 3).truncate(3).rows()).containsExactly(1);
    assertThat(Labels.ofResponse(2, 3, 3).truncate(2).end()).isZero();
  }

  @Test
  void countedMustBePositive() {
    assertThatThrownBy(() -> Labels.ofResponse(2, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("counted must be positive but was 0");
  }
}
