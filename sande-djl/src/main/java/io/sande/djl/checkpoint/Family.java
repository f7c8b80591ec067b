package io.sande.djl.checkpoint;

/** What a {@code model_type} means: defaults of absent keys, and the traits of its blocks. */
interface Family {
  /** As {@code config.json} names it. */
  String modelType();

  /** Fills absent keys as transformers does; from there on nothing is absent. */
  ModelConfig resolve(HfConfig config) throws CheckpointException;
}
