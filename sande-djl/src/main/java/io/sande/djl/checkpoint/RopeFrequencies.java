package io.sande.djl.checkpoint;

/**
 * Frequencies of rotary positions.
 *
 * <p>Computed in the precision and order of transformers' {@code modeling_rope_utils.py}, which
 * works in float32: doubles would differ by up to 1e-6, and far along a sequence that shows.
 */
public final class RopeFrequencies {
  private RopeFrequencies() {}

  /**
   * Angle of one position for each pair of numbers in a head: position p turns pair i by p times
   * the result's number i.
   *
   * @param rotaryDim numbers of a head that are turned, even
   * @param sequenceLength longest sequence so far, padding included; counts for {@link
   *     Rope.Dynamic} alone
   * @return rotaryDim / 2 numbers
   */
  public static float[] inverseFrequencies(Rope rope, int rotaryDim, int sequenceLength) {
    if (rope instanceof Rope.Linear linear) {
      return dividedBy(linear.factor(), inverse(linear.theta(), rotaryDim));
    }
    if (rope instanceof Rope.Dynamic dynamic) {
      return inverse(base(dynamic, rotaryDim, sequenceLength), rotaryDim);
    }
    if (rope instanceof Rope.Llama3 llama3) {
      return scaled(llama3, inverse(llama3.theta(), rotaryDim));
    }
    if (rope instanceof Rope.Yarn yarn) {
      return ramped(yarn, rotaryDim);
    }
    return inverse(rope.theta(), rotaryDim);
  }

  /** Factor on cosine and sine: 1 but for {@link Rope.Yarn}. */
  public static double attentionScaling(Rope rope) {
    return rope instanceof Rope.Yarn yarn ? yarn.attentionFactor() : 1;
  }

  /** theta^(2i / d) for i from 0. */
  private static float[] wavelengths(double theta, int rotaryDim) {
    float[] powers = new float[rotaryDim / 2];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) Math.pow((float) theta, 2f * i / rotaryDim);
    }
    return powers;
  }

  private static float[] inverse(double theta, int rotaryDim) {
    float[] values = wavelengths(theta, rotaryDim);
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 / values[i];
    }
    return values;
  }

  private static float[] dividedBy(double factor, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= (float) factor;
    }
    return values;
  }

  /** NTK scaling that grows with the sequence; the plain base up to {@code maxPositions}. */
  private static double base(Rope.Dynamic rope, int rotaryDim, int sequenceLength) {
    double longest = Math.max(sequenceLength, rope.maxPositions());
    double growth = rope.factor() * longest / rope.maxPositions() - (rope.factor() - 1);
    return rope.theta() * Math.pow(growth, rotaryDim / (rotaryDim - 2.0));
  }

  private static float[] scaled(Rope.Llama3 rope, float[] values) {
    float factor = (float) rope.factor();
    float low = (float) rope.lowFactor();
    float band = (float) (rope.highFactor() - rope.lowFactor());
    for (int i = 0; i < values.length; i++) {
      float wave = (float) (2 * Math.PI) / values[i];
      // how often the wave fits into the original context
      float turns = rope.originalPositions() / wave;
      if (turns < low) { // 1) long waves
        values[i] /= factor;
      } else if (turns <= (float) rope.highFactor()) { // 2) the passage
        float smooth = (turns - low) / band;
        values[i] = (1 - smooth) * values[i] / factor + smooth * values[i];
      } // 3) short waves stay
    }
    return values;
  }

  private static float[] ramped(Rope.Yarn rope, int rotaryDim) {
    float[] values = wavelengths(rope.theta(), rotaryDim);
    double low = Math.max(Math.floor(pair(rope, rope.betaFast(), rotaryDim)), 0);
    double high = Math.min(Math.ceil(pair(rope, rope.betaSlow(), rotaryDim)), rotaryDim - 1);
    float width = (float) (low == high ? 0.001 : high - low);
    for (int i = 0; i < values.length; i++) {
      float ramp = Math.min(Math.max((i - (float) low) / width, 0), 1);
      float kept = 1 - ramp;
      values[i] = 1 / ((float) rope.factor() * values[i]) * (1 - kept) + 1 / values[i] * kept;
    }
    return values;
  }

  /**
   * The pair, as a real number, whose wave turns {@code rotations} times in the original context.
   */
  private static double pair(Rope.Yarn rope, double rotations, int rotaryDim) {
    double wave = rope.originalPositions() / (rotations * 2 * Math.PI);
    return rotaryDim * Math.log(wave) / (2 * Math.log(rope.theta()));
  }
}
