package io.sande.train;

/** A loss was not a finite number. The weights are worthless now. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The update, from 1, the loss it found, and its learning rate. */
  TrainingDivergedException(int update, double loss, double learningRate) {
    super(
        "loss of update %d must be finite but was %s at learning rate %s. "
                .formatted(update, loss, learningRate)
            + "The weights are worthless now: open the model again and train with a lower rate.");
  }
}
