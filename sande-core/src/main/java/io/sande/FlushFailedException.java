package io.sande;

/**
 * The backdoors that a flush plants of its own could not be planted, or not be overwritten; the
 * model is as it was.
 */
public final class FlushFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FlushFailedException(String message) {
    super(message);
  }
}
