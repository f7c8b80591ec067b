package io.sande.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** The CPU, or a GPU that is there. */
final class Devices {
  private Devices() {}

  static Device of(LoadOptions options) {
    if (options.gpu() < 0) {
      return Device.cpu();
    }
    int found = Engine.getEngine("PyTorch").getGpuCount();
    if (options.gpu() >= found) {
      throw new IllegalStateException(
          "GPU %d is wanted but libtorch finds %d; give a CUDA build of it, or use the CPU"
              .formatted(options.gpu(), found));
    }
    return Device.gpu(options.gpu());
  }
}
