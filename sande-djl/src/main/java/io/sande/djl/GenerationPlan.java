package io.sande.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.ModelConfig;
import java.util.Arrays;
import java.util.Set;

/**
 * How the kernel generates.
 *
 * @param most new tokens of a prompt
 * @param ends tokens after which nothing comes
 * @param padding what stands behind them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record GenerationPlan(int most, int[] ends, int padding) {
  /*
   * The cache starts with a row for each prompt and a column for each position of the longest. Prompts are left-padded:
   * prefix and rest of a shorter one stand at the end of its row, so that new tokens of all rows go to the same column.
   */

  /** The kernel's list {@code g}. */
  NDList arrays(NDManager scope, PackedBatch prompts, ModelConfig config) {
    RopeTable rope = RopeTable.growing(config.rope(), config.headSize(), prompts.longest() + most);
    int[] lengths = prompts.lengths().clone();
    for (int row = 0; row < lengths.length; row++) {
      lengths[row] += prompts.offset();
    }
    return new NDList(
        Decoder.integers(scope, lengths),
        Decoder.perHead(scope, rope.cos(), config.headSize()),
        Decoder.perHead(scope, rope.sin(), config.headSize()),
        Decoder.integers(scope, ends),
        scope.create(new long[] {prompts.longest(), most, padding, prompts.offset()}));
  }

  /** What was generated, up to and with the first of {@code ends}. */
  static int[] upToEnd(long[] tokens, Set<Integer> ends) {
    int[] ids = Arrays.stream(tokens).mapToInt(Math::toIntExact).toArray();
    for (int i = 0; i < ids.length; i++) {
      if (ends.contains(ids[i])) {
        return Arrays.copyOf(ids, i + 1);
      }
    }
    return ids;
  }
}
