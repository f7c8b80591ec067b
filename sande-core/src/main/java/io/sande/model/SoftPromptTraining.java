package io.sande.model;

/** Trains vectors that stand in every sequence of the batch; the model itself is frozen. */
public interface SoftPromptTraining extends Training {
  /** The vectors as they are now. */
  SoftPrompt current();
}
