package io.sande.djl.jinja;

/** Placeholder. */
public final class JinjaException extends RuntimeException {
  /** Placeholder. */
  public JinjaException(String message) {
    super(message);
  }
}
