package io.sande.model;

import io.sande.internal.Check;
import java.util.Arrays;

/**
 * Trained vectors of shape [n, H] that stand between token embeddings, before token {@link
 * #position}.
 */
public final class SoftPrompt {
  private final int position;
  private final int length;
  private final float[] values;

  private SoftPrompt(int position, int length, float[] values) {
    Check.notNegative("position", position);
    Check.positive("length", length);
    Check.that(
        values.length > 0 && values.length % length == 0,
        "values",
        "of shape [" + length + ", H]",
        values.length + " numbers");
    this.position = position;
    this.length = length;
    this.values = values;
  }

  /** Vectors from row-major {@code values} of shape [length, H], which are copied. */
  public static SoftPrompt of(int position, int length, float[] values) {
    return new SoftPrompt(position, length, values.clone());
  }

  /** The start of training: all zero. */
  public static SoftPrompt zeros(int position, int length, int hiddenSize) {
    return new SoftPrompt(position, length, new float[Math.multiplyExact(length, hiddenSize)]);
  }

  /** Tokens that stand before the vectors; a shorter sequence has them at its end. */
  public int position() {
    return position;
  }

  /** Number of vectors n, at least 1. */
  public int length() {
    return length;
  }

  /** H, numbers in one vector. */
  public int hiddenSize() {
    return values.length / length;
  }

  /** A copy of all values, row-major [n, H]. */
  public float[] values() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftPrompt that
        && position == that.position
        && length == that.length
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * position + length) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "SoftPrompt[" + length + ", " + hiddenSize() + "] before token " + position;
  }
}
