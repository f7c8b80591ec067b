package io.sande.djl;

import static java.math.RoundingMode.CEILING;

import com.google.common.math.IntMath;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which prompts are continued in one call: some of like length, as many as their cache has room
 * for.
 *
 * @param room bytes that the keys and values of one call may have
 * @param position bytes of those of one position
 */
record PromptParts(long room, long position) {
  /** More are hardly faster, and nobody can interrupt a call. */
  private static final int MOST = 128;

  /** Products of whole blocks of rows are faster. */
  private static final int BLOCK = 16;

  private static final long LEAST_ROOM = 256L << 20;

  /**
   * The cache may have a quarter of what the weights have in memory, and 256 MiB in any case, for
   * those in files as well.
   */
  static PromptParts of(Checkpoint checkpoint, Decoder decoder) {
    ModelConfig config = checkpoint.config();
    int bytes = decoder.dtype().size();
    long weights = decoder.memory().folder() == null ? checkpoint.parameters() * bytes : 0;
    long vectors = 2L * config.layers() * config.keyValueHeads();
    return new PromptParts(Math.max(LEAST_ROOM, weights / 4), vectors * config.headSize() * bytes);
  }

  /**
   * Places of all prompts in parts. The longest come first: memory that their cache takes from the
   * system then does for the others.
   *
   * @param lengths of the prompts
   * @param more positions that each has besides
   */
  List<List<Integer>> of(int[] lengths, int more) {
    List<Integer> left =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> -lengths[i]))
            .toList();
    List<List<Integer>> parts = new ArrayList<>();
    while (!left.isEmpty()) {
      int size = size(lengths[left.get(0)] + (long) more, left.size());
      parts.add(left.subList(0, size));
      left = left.subList(size, left.size());
    }
    return parts;
  }

  /** As many of {@code left} prompts as fit, in whole blocks, and of the size of other parts. */
  private int size(long positions, int left) {
    int fit = (int) Math.min(MOST, Math.max(1, room / (position * positions)));
    int whole = fit < BLOCK ? fit : fit / BLOCK * BLOCK;
    int parts = IntMath.divide(left, whole, CEILING);
    int even = IntMath.divide(left, parts * BLOCK, CEILING) * BLOCK;
    return Math.min(left, Math.min(whole, even));
  }
}
