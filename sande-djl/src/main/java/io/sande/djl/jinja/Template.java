package io.sande.djl.jinja;

import java.util.Map;

/** Placeholder. */
public final class Template {
  private final String source;

  private Template(String source) {
    this.source = source;
  }

  /** Placeholder. */
  public static Template parse(String source) {
    return new Template(source);
  }

  /** Placeholder. */
  public String render(Map<String, ?> context) {
    return source + context.size();
  }
}
