package io.sande.djl;

import io.sande.internal.Check;

/**
 * How a checkpoint is opened.
 *
 * @param dtype what the engine computes in
 * @param gpu number of the NVIDIA GPU, or -1 for the CPU
 */
public record LoadOptions(Precision dtype, int gpu) {
  /** float32 on the CPU. */
  public static final LoadOptions DEFAULT = new LoadOptions(Precision.FLOAT32, -1);

  /** What the engine computes in. */
  public enum Precision {
    /** Weights and arithmetic in float32. */
    FLOAT32,
    /**
     * Weights and matrix products in bfloat16, losses in float32; a training keeps float32 masters.
     * A checkpoint in another dtype is rounded when it is opened.
     */
    BFLOAT16;

    /** The name that Hugging Face uses. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Checks the range. */
  public LoadOptions {
    Check.that(gpu >= -1, "gpu", "a device number, or -1 for the CPU", gpu);
  }

  /** The same in another dtype. */
  public LoadOptions withDtype(Precision other) {
    return new LoadOptions(other, gpu);
  }
}
