package io.sande.djl.jinja;

/**
 * A template cannot be read, or refuses what it was given: a syntax error, an undefined value, a
 * wrong type, a limit, or the template's own {@code raise_exception}.
 */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;

  JinjaException(String message) {
    this(message, 0);
  }

  JinjaException(String message, int line) {
    super(line > 0 ? "line " + line + ": " + message : message);
    this.line = line;
  }

  /** Line of the template, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The same with a line, unless it has one. */
  JinjaException at(int templateLine) {
    if (line > 0 || templateLine <= 0) {
      return this;
    }
    JinjaException located = new JinjaException(String.valueOf(getMessage()), templateLine);
    located.setStackTrace(getStackTrace());
    return located;
  }
}
