package io.sande.align;

import java.io.IOException;

/** A file of a secret that cannot be used: which, and what is wrong. Never quotes the secret. */
public final class SecretFileException extends IOException {
  private static final long serialVersionUID = 1;

  SecretFileException(String message) {
    super(message);
  }

  SecretFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
