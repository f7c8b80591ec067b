package io.sande.train;

/**
 * A loss, or the norm of its gradient, was not a finite number. That update was not made; what the
 * updates before it made of the weights is there, unless the job says that it brings them back.
 */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The update, from 1, the loss it found, and its learning rate. */
  TrainingDivergedException(int update, double loss, double learningRate) {
    super(
        "loss of update %d must be finite but was %s at learning rate %s. "
                .formatted(update, loss, learningRate)
            + "It was not made: the weights are those that the updates before it left."
            + " Train with a lower rate, from the model as it came.");
  }
}
