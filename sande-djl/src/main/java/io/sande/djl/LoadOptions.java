package io.sande.djl;

import io.sande.internal.Check;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a checkpoint is opened.
 *
 * @param dtype what the engine computes in
 * @param gpu number of the NVIDIA GPU, or -1 for the CPU
 * @param offload folder for weights, and what a training keeps beside them, in mapped files instead
 *     of the engine's memory; a training of all weights then has one layer at a time in memory and
 *     takes several times as long. On the CPU alone, and for cross entropy alone. Null, the
 *     default, for the engine's memory.
 */
public record LoadOptions(Precision dtype, int gpu, @Nullable Path offload) {
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
    Check.that(offload == null || gpu < 0, "offload", "on the CPU", "gpu " + gpu);
  }

  /** Without offload. */
  public LoadOptions(Precision dtype, int gpu) {
    this(dtype, gpu, null);
  }

  /** The same in another dtype. */
  public LoadOptions withDtype(Precision other) {
    return new LoadOptions(other, gpu, offload);
  }

  /** The same on another device. */
  public LoadOptions withGpu(int other) {
    return new LoadOptions(dtype, other, offload);
  }

  /** The same with weights in files under {@code folder}, which exists and has room for them. */
  public LoadOptions withOffload(@Nullable Path folder) {
    return new LoadOptions(dtype, gpu, folder);
  }
}
