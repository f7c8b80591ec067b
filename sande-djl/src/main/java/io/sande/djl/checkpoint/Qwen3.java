package io.sande.djl.checkpoint;

import io.sande.djl.checkpoint.ModelConfig.Traits;

/** Qwen 3: Llama with a norm on each head's query and key. */
final class Qwen3 implements Family {
  private static final Decoder.Absent ABSENT = new Decoder.Absent(32_768, 32, 128);

  @Override
  public String modelType() {
    return "qwen3";
  }

  @Override
  public ModelConfig resolve(HfConfig config) throws CheckpointException {
    boolean bias = config.flag("attention_bias", false);
    Traits traits = new Traits(bias, bias, false, true);
    return Decoder.resolve(config, ABSENT, traits, Windows.byLayer(config));
  }
}
