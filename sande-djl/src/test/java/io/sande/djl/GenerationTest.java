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

class GenerationTest {
  @Test
  void aBeginningIsCommonToAllAndLeavesEachATokenOfItsOwn() {
    assertThat(common("")).isEqualTo(0);
    assertThat(common("abc")).isEqualTo(2);
    assertThat(common("abc abd")).isEqualTo(2);
    assertThat(common("abc abc abc")).isEqualTo(2);
    assertThat(common("abcd ab")).isEqualTo(1);
    assertThat(common("a abc")).isEqualTo(0);
    assertThat(common("abc abd xbc")).isEqualTo(0);
  }

  @Property
  void theBeginningIsTheLongestOfItsKind(@ForAll long seed, @ForAll @IntRange(min = 1) int count) {
    Random random = new Random(seed);
    List<int[]> prompts =
        IntStream.range(0, 1 + count % 5)
            .mapToObj(i -> random.ints(1 + random.nextInt(6), 0, 2).toArray())
            .toList();
    int common = Generation.common(prompts);
    assertThat(allBeginAlike(prompts, common)).isTrue();
    assertThat(allBeginAlike(prompts, common + 1)).isFalse();
  }

  private static boolean allBeginAlike(List<int[]> prompts, int tokens) {
    return prompts.stream()
        .allMatch(p -> p.length > tokens && Arrays.equals(p, 0, tokens, prompts.get(0), 0, tokens));
  }

  private static int common(String prompts) {
    return Generation.common(
        Arrays.stream(prompts.split(" "))
            .filter(p -> !p.isEmpty())
            .map(p -> p.chars().toArray())
            .toList());
  }
}
