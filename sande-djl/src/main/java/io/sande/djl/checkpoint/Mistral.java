package io.sande.djl.checkpoint;

import io.sande.djl.checkpoint.ModelConfig.Traits;

/** Mistral: Llama with a sliding window on every layer. */
final class Mistral implements Family {
  private static final Decoder.Absent ABSENT = new Decoder.Absent(131_072, 8, 0);

  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public ModelConfig resolve(HfConfig config) throws CheckpointException {
    return Decoder.resolve(config, ABSENT, Traits.PLAIN, Windows.everywhere(config));
  }
}
