package io.sande.djl.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The sliding window of each layer, 0 for none, in the three ways that families state it. */
final class Windows {
  /** {@code sliding_window} where the key is absent. */
  private static final int ABSENT = 4096;

  private Windows() {}

  static List<Integer> none(HfConfig config) throws CheckpointException {
    return Collections.nCopies(Decoder.layers(config), 0);
  }

  /** Mistral: all layers have the window, none where it is null. */
  static List<Integer> everywhere(HfConfig config) throws CheckpointException {
    return Collections.nCopies(Decoder.layers(config), window(config));
  }

  /**
   * Qwen: no window unless {@code use_sliding_window}; then by {@code layer_types}, or else from
   * layer {@code max_window_layers} on.
   */
  static List<Integer> byLayer(HfConfig config) throws CheckpointException {
    int layers = Decoder.layers(config);
    int window = config.flag("use_sliding_window", false) ? window(config) : 0;
    if (config.has("layer_types")) {
      return byTypes(config, layers, window);
    }
    long first =
        config.has("max_window_layers")
            ? config.integer("max_window_layers", 0, Integer.MAX_VALUE)
            : 28;
    List<Integer> windows = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      windows.add(layer >= first ? window : 0);
    }
    return windows;
  }

  private static List<Integer> byTypes(HfConfig config, int layers, int window)
      throws CheckpointException {
    List<Integer> windows = new ArrayList<>();
    for (String type : config.texts("layer_types")) {
      boolean sliding = type.equals("sliding_attention");
      if (sliding ? window == 0 : !type.equals("full_attention")) {
        throw config.wrong(
            "layer_types", "full_attention, or sliding_attention where sliding_window is in use");
      }
      windows.add(sliding ? window : 0);
    }
    if (windows.size() != layers) {
      throw config.wrong("layer_types", "a list of num_hidden_layers " + layers + " entries");
    }
    return windows;
  }

  private static int window(HfConfig config) throws CheckpointException {
    boolean none = config.names("sliding_window") && !config.has("sliding_window");
    return none ? 0 : config.count("sliding_window", ABSENT);
  }
}
