package io.sande.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PromptPartsTest {
  private static final PromptParts ROOMY = new PromptParts(1L << 30, 100);

  @Test
  void areOfLikeSizeInWholeBlocks() {
    assertThat(sizes(ROOMY, equal(300))).containsExactly(112, 96, 92);
    assertThat(sizes(ROOMY, equal(128))).containsExactly(128);
    assertThat(sizes(ROOMY, equal(129))).containsExactly(80, 49);
    assertThat(sizes(ROOMY, equal(5))).containsExactly(5);
    assertThat(sizes(ROOMY, new int[0])).isEmpty();
  }

  @Test
  void beginWithTheLongest() {
    int[] lengths = {3, 9, 4, 9};
    PromptParts two = new PromptParts(200, 10); // 20 positions
    assertThat(two.of(lengths, 1)).containsExactly(List.of(1, 3), List.of(2, 0));
  }

  @Test
  void aPromptThatDoesNotFitGoesAlone() {
    assertThat(sizes(new PromptParts(5, 1), new int[] {9, 2, 2})).containsExactly(1, 1, 1);
    assertThat(sizes(new PromptParts(6, 1), new int[] {9, 2, 2})).containsExactly(1, 2);
  }

  @Property
  void eachPromptIsInOnePartThatFits(
      @ForAll @IntRange(max = 700) int count,
      @ForAll @IntRange(min = 1, max = 100_000) int room,
      @ForAll long seed) {
    int[] lengths = new Random(seed).ints(count, 1, 200).toArray();
    List<List<Integer>> parts = new PromptParts(room, 1).of(lengths, 7);
    int before = Integer.MAX_VALUE;
    for (List<Integer> part : parts) {
      int longest = part.stream().mapToInt(i -> lengths[i]).max().orElseThrow();
      assertThat(longest).isEqualTo(lengths[part.get(0)]).isLessThanOrEqualTo(before);
      before = part.stream().mapToInt(i -> lengths[i]).min().orElseThrow();
      assertThat(part.size() == 1 || part.size() * (longest + 7) <= room).isTrue();
      assertThat(part.size()).isLessThanOrEqualTo(128);
    }
    assertThat(parts.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
  }

  private static int[] equal(int count) {
    int[] lengths = new int[count];
    Arrays.fill(lengths, 10);
    return lengths;
  }

  private static List<Integer> sizes(PromptParts parts, int[] lengths) {
    return parts.of(lengths, 1).stream().map(List::size).toList();
  }
}
