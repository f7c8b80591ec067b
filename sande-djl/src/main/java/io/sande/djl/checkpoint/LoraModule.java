package io.sande.djl.checkpoint;

import io.sande.internal.Check;

/** The adapter of one linear layer: W + scaling B A. The arrays are not copied. */
public final class LoraModule {
  private final String name;
  private final int rank;
  private final float[] a;
  private final float[] b;

  /**
   * The adapter of {@code name}, such as {@code model.layers.0.self_attn.q_proj}.
   *
   * @param rank at least 1
   * @param a [rank, in], row-major
   * @param b [out, rank], row-major
   */
  public LoraModule(String name, int rank, float[] a, float[] b) {
    Check.positive("rank", rank);
    Check.that(a.length > 0 && a.length % rank == 0, "a", "[rank, in]", a.length + " numbers");
    Check.that(b.length > 0 && b.length % rank == 0, "b", "[out, rank]", b.length + " numbers");
    this.name = name;
    this.rank = rank;
    this.a = a;
    this.b = b;
  }

  /** Full name of the layer. */
  public String name() {
    return name;
  }

  /** Rows of A and columns of B. */
  public int rank() {
    return rank;
  }

  /** Width of what goes into the layer. */
  public int inputs() {
    return a.length / rank;
  }

  /** Width of what comes out. */
  public int outputs() {
    return b.length / rank;
  }

  /** A, [rank, in], row-major; not a copy. */
  public float[] a() {
    return a;
  }

  /** B, [out, rank], row-major; not a copy. */
  public float[] b() {
    return b;
  }

  @Override
  public String toString() {
    return name + ": A [" + rank + ", " + inputs() + "], B [" + outputs() + ", " + rank + "]";
  }
}
