package io.sande.resume;

/** A folder that a run cannot go on from or cannot be written to; the message says what to do. */
public final class ResumeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ResumeException(String message) {
    super(message);
  }

  ResumeException(String message, Throwable cause) {
    super(message, cause);
  }
}
