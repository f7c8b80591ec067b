package io.sande.djl;

import io.sande.djl.checkpoint.Rope;
import io.sande.djl.checkpoint.RopeFrequencies;

/**
 * Cosines and sines of rotary positions, [positions, D] row-major. Element d of a head turns with
 * element d + D/2, so both halves have the same angles.
 *
 * @param cos cosines, scaled where the rope asks for it
 * @param sin sines, likewise, those of the first half negated
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
record RopeTable(float[] cos, float[] sin) {
  /** Rows for {@code positions} of sequences, the longest of which has {@code length} positions. */
  static RopeTable of(Rope rope, int headSize, int[] positions, int length) {
    RopeTable table = empty(positions.length, headSize);
    float[] frequencies = RopeFrequencies.inverseFrequencies(rope, headSize, length);
    for (int i = 0; i < positions.length; i++) {
      table.fill(i, positions[i], frequencies, RopeFrequencies.attentionScaling(rope));
    }
    return table;
  }

  /** Rows for positions 0.. of a sequence that grows: each as if it were the last. */
  static RopeTable growing(Rope rope, int headSize, int length) {
    RopeTable table = empty(length, headSize);
    for (int i = 0; i < length; i++) {
      float[] frequencies = RopeFrequencies.inverseFrequencies(rope, headSize, i + 1);
      table.fill(i, i, frequencies, RopeFrequencies.attentionScaling(rope));
    }
    return table;
  }

  private static RopeTable empty(int rows, int headSize) {
    return new RopeTable(new float[rows * headSize], new float[rows * headSize]);
  }

  private void fill(int row, int position, float[] frequencies, double scaling) {
    for (int d = 0; d < frequencies.length; d++) {
      float angle = position * frequencies[d]; // float32, as the reference multiplies
      int first = 2 * row * frequencies.length + d;
      int second = first + frequencies.length;
      cos[first] = (float) (Math.cos(angle) * scaling);
      cos[second] = cos[first];
      sin[second] = (float) (Math.sin(angle) * scaling);
      sin[first] = -sin[second];
    }
  }
}
