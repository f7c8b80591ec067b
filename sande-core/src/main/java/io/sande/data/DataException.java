package io.sande.data;

import java.io.IOException;

/** A data file that cannot be used: which file, where in it, what is wrong and what was wanted. */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1;

  DataException(String message) {
    super(message);
  }

  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
