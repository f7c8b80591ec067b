package io.sande.djl.checkpoint;

/** How positions turn queries and keys; {@link RopeFrequencies} has the numbers. */
public sealed interface Rope {
  /** Base of the frequencies, {@code rope_theta}. */
  double theta();

  /** No scaling. */
  record Default(double theta) implements Rope {}

  /** Positions divided by {@code factor}. */
  record Linear(double theta, double factor) implements Rope {}

  /** A base that grows with sequences longer than {@code maxPositions}, the context length. */
  record Dynamic(double theta, double factor, int maxPositions) implements Rope {}

  /** Llama 3: long waves divided by {@code factor}, short ones kept, a smooth passage between. */
  record Llama3(
      double theta, double factor, double lowFactor, double highFactor, int originalPositions)
      implements Rope {}

  /** YaRN: a ramp over dimensions between both, and a factor on cosine and sine. */
  record Yarn(
      double theta,
      double factor,
      double betaFast,
      double betaSlow,
      double attentionFactor,
      int originalPositions)
      implements Rope {}
}
