package io.sande.djl.checkpoint;

import io.sande.djl.checkpoint.ModelConfig.Traits;

/** Qwen 1.5, 2 and 2.5: Llama with a bias on query, key and value. */
final class Qwen2 implements Family {
  private static final Decoder.Absent ABSENT = new Decoder.Absent(32_768, 32, 0);
  private static final Traits TRAITS = new Traits(true, false, false, false);

  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public ModelConfig resolve(HfConfig config) throws CheckpointException {
    return Decoder.resolve(config, ABSENT, TRAITS, Windows.byLayer(config));
  }
}
