package io.sande.model;

import io.sande.internal.Check;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which tokens of a sequence carry loss. The only code that knows that position t is predicted by
 * the one before it.
 *
 * <p>Labels are aligned with the ids: label t speaks of token t. Token 0 has nothing before it and
 * never counts.
 */
public final class Labels {
  /** The label of a token that does not count; the value PyTorch's cross entropy skips. */
  public static final int IGNORED = -100;

  private final int[] positions;

  private Labels(BitSet counted) {
    counted.clear(0);
    this.positions = counted.stream().toArray();
  }

  /**
   * The first {@code counted} tokens of an answer of {@code response} tokens after {@code prompt}.
   */
  public static Labels ofResponse(int prompt, int response, int counted) {
    Check.positive("counted", counted);
    BitSet set = new BitSet();
    set.set(prompt, prompt + Math.min(counted, response));
    return new Labels(set);
  }

  /** The tokens whose bit is set. */
  public static Labels of(BitSet counted) {
    return new Labels((BitSet) counted.clone());
  }

  /** Number of tokens that count. */
  public int count() {
    return positions.length;
  }

  /** Tokens up to and including the last that counts; what comes later can be cut off. */
  public int end() {
    return positions.length == 0 ? 0 : positions[positions.length - 1] + 1;
  }

  /** The same with all tokens from {@code length} on left out. */
  public Labels truncate(int length) {
    BitSet set = new BitSet();
    Arrays.stream(positions).filter(p -> p < length).forEach(set::set);
    return new Labels(set);
  }

  /** Labels aligned with {@code ids}: the id where it counts and {@link #IGNORED} elsewhere. */
  public int[] aligned(int[] ids) {
    int[] labels = new int[ids.length];
    Arrays.fill(labels, IGNORED);
    for (int p : positions) {
      labels[p] = ids[p];
    }
    return labels;
  }

  /** The ids to be predicted, in order. */
  public int[] targets(int[] ids) {
    return Arrays.stream(positions).map(p -> ids[p]).toArray();
  }

  /** The rows of the model's output that predict {@link #targets}, without anything inserted. */
  public int[] rows() {
    return rows(0, 0);
  }

  /** The same with {@code length} vectors inserted before token {@code position}. */
  public int[] rows(int position, int length) {
    return Arrays.stream(positions).map(p -> (p < position ? p : p + length) - 1).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that && Arrays.equals(positions, that.positions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(positions);
  }

  @Override
  public String toString() {
    return "Labels" + Arrays.toString(positions);
  }
}
