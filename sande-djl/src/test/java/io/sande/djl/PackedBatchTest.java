package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.model.Labels;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedBatchTest {
  private static final SoftPrompt SOFT = SoftPrompt.of(2, 2, new float[] {1, 2, 3, 4});

  @Test
  void sequencesEndBeforeTheirLastLabelAndStandByLength() {
    // sequence 0   5 6 7 8 9   labels on 7 8:  rows 1 2, so 5 6 7 are needed
    // sequence 1   3 4         label on 4:     row 0, so 3 is needed and comes first
    PackedBatch batch =
        PackedBatch.ofLabels(
            List.of(
                new TokenSequence(new int[] {5, 6, 7, 8, 9}, Labels.ofResponse(2, 3, 2)),
                new TokenSequence(new int[] {3, 4}, Labels.ofResponse(1, 1, 1))));
    assertThat(batch.order()).containsExactly(1, 0);
    assertThat(batch.ids()).containsExactly(3, 5, 6, 7);
    assertThat(batch.positions()).containsExactly(0, 0, 1, 2);
    assertThat(batch.rows()).containsExactly(0, 2, 3);
    assertThat(batch.targets()).containsExactly(4, 7, 8);
    assertThat(batch.longest()).isEqualTo(5);
  }

  @Test
  void aSoftPromptStandsAfterTheTokensBeforeIt() {
    // tokens 5 6 7 8, vectors at position 2:   5 6 v w 7 8
    // label on 7: predicted by w, the vector before it; 7 itself is not needed
    TokenSequence sequence =
        new TokenSequence(new int[] {5, 6, 7, 8}, Labels.ofResponse(2, 2, 1)).with(SOFT);
    PackedBatch batch = PackedBatch.ofLabels(List.of(sequence));
    assertThat(batch.ids()).containsExactly(5, 6, 0, 0);
    assertThat(batch.rows()).containsExactly(3);
    assertThat(batch.targets()).containsExactly(7);
    assertThat(batch.softRows()).containsExactly(2, 3);
    assertThat(batch.softIndex()).containsExactly(0, 1);
    assertThat(batch.softValues()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void tokensAfterTheVectorsKeepTheirOrder() {
    TokenSequence sequence =
        new TokenSequence(new int[] {5, 6, 7, 8}, Labels.ofResponse(3, 1, 1)).with(SOFT);
    PackedBatch batch = PackedBatch.ofLabels(List.of(sequence));
    assertThat(batch.ids()).containsExactly(5, 6, 0, 0, 7);
    assertThat(batch.positions()).containsExactly(0, 1, 2, 3, 4);
    assertThat(batch.rows()).containsExactly(4);
  }

  @Test
  void aSharedSoftPromptIsPackedOnceAndAnotherAfterIt() {
    SoftPrompt other = SoftPrompt.of(0, 1, new float[] {8, 9});
    Labels labels = Labels.ofResponse(1, 2, 2);
    TokenSequence plain = new TokenSequence(new int[] {5, 6, 7}, labels);
    PackedBatch batch =
        PackedBatch.ofLabels(List.of(plain.with(SOFT), plain.with(other), plain.with(SOFT)));
    assertThat(batch.softValues()).containsExactly(1, 2, 3, 4, 8, 9);
    assertThat(batch.order()).containsExactly(1, 0, 2);
    assertThat(batch.softIndex()).containsExactly(2, 0, 1, 0, 1);
  }

  @Test
  void equalLengthsFormGroups() {
    PackedBatch batch =
        PackedBatch.ofPrompts(
            List.of(new int[] {1, 2}, new int[] {3}, new int[] {4, 5}, new int[] {6, 7, 8}));
    // 3 | 1 2, 4 5 | 6 7 8
    assertThat(batch.groups()).isEqualTo(new int[][] {{0, 1, 1}, {1, 2, 2}, {5, 1, 3}});
    assertThat(batch.rows()).containsExactly(0, 2, 4, 7);
  }

  @Test
  void aFilledSequenceHasSixteenPositionsAndTheSameRows() {
    TokenSequence sequence =
        new TokenSequence(new int[] {7, 8, 9}, Labels.ofResponse(1, 2, 2)).with(SOFT);
    PackedBatch plain = PackedBatch.ofLabels(List.of(sequence, sequence));
    PackedBatch filled = PackedBatch.filled(List.of(sequence, sequence));
    int length = plain.lengths()[0];
    assertThat(filled.lengths()).containsExactly(16, 16);
    assertThat(Arrays.copyOf(filled.ids(), length)).isEqualTo(Arrays.copyOf(plain.ids(), length));
    assertThat(Arrays.copyOfRange(filled.ids(), length, 16)).containsOnly(7);
    assertThat(filled.targets()).isEqualTo(plain.targets());
    assertThat(filled.rows()).containsExactly(shifted(plain.rows(), length, 16));
    assertThat(filled.softRows()).containsExactly(shifted(plain.softRows(), length, 16));
    assertThat(filled.own()).containsExactly(shifted(plain.own(), length, 16));
    assertThat(filled.longest()).isEqualTo(plain.longest());
  }

  /** Positions of the second of two sequences of {@code length} where it begins at {@code to}. */
  private static int[] shifted(int[] positions, int length, int to) {
    return Arrays.stream(positions).map(p -> p < length ? p : p - length + to).toArray();
  }

  @Test
  void behindAPrefixPositionsGoOn() {
    PackedBatch batch = PackedBatch.ofPrompts(List.of(new int[] {3, 4, 5}, new int[] {9}), 2);
    assertThat(batch.positions()).containsExactly(2, 2, 3, 4);
    assertThat(batch.longest()).isEqualTo(5);
  }
}
