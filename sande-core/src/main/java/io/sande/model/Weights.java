package io.sande.model;

import io.sande.internal.Check;
import java.util.Set;

/** Which weights a training changes. */
public sealed interface Weights {
  /** Every weight of the model. */
  record All() implements Weights {}

  /**
   * Every weight, in the format that the model computes in: no float32 copy is kept, nor are the
   * optimizer's moments in float32. What an update adds is rounded up or down at random, so that on
   * average nothing of it is lost. In bfloat16 this takes 6 bytes a weight instead of 16; the same
   * as {@link All} where the model computes in float32.
   *
   * @param seed of the rounding
   */
  record Rounded(long seed) implements Weights {}

  /**
   * A low-rank adapter beside frozen weights: W + alpha / rank * B A, with B zero at the start.
   *
   * @param rank rows of A, at least 1 (PEFT's default: 8)
   * @param alpha scale before it is divided by the rank, above 0 (PEFT's default: 8)
   * @param targets linear layers by the end of their name, such as {@code q_proj}; not empty
   * @param seed of A's random start
   */
  record Lora(int rank, double alpha, Set<String> targets, long seed) implements Weights {
    /** Every linear layer of a block. */
    public static final Set<String> ALL_LINEAR =
        Set.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** Checks the ranges. */
    public Lora {
      Check.positive("rank", rank);
      Check.positive("alpha", alpha);
      targets = Set.copyOf(targets);
      Check.that(!targets.isEmpty(), "targets", "at least one layer name", targets);
    }

    /** All linear layers, alpha twice the rank. */
    public static Lora ofRank(int rank, long seed) {
      return new Lora(rank, 2.0 * rank, ALL_LINEAR, seed);
    }
  }
}
