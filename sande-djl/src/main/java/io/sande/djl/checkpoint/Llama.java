package io.sande.djl.checkpoint;

import io.sande.djl.checkpoint.ModelConfig.Traits;

/** Llama 1 to 3.3, and what is built like them. */
final class Llama implements Family {
  private static final Decoder.Absent ABSENT = new Decoder.Absent(2048, 0, 0);

  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public ModelConfig resolve(HfConfig config) throws CheckpointException {
    boolean attention = config.flag("attention_bias", false);
    boolean feedForward = config.flag("mlp_bias", false);
    Traits traits = new Traits(attention, attention, feedForward, false);
    return Decoder.resolve(config, ABSENT, traits, Windows.none(config));
  }
}
