package io.sande.report;

import java.io.IOException;
import java.nio.file.Path;

/** A report file that cannot be used; the message begins with the file in brackets. */
public final class ReportException extends IOException {
  private static final long serialVersionUID = 1;

  ReportException(Path file, String message) {
    super("[" + file + "] " + message);
  }

  ReportException(Path file, String message, Throwable cause) {
    super("[" + file + "] " + message, cause);
  }
}
