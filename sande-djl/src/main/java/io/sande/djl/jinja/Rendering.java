package io.sande.djl.jinja;

import java.util.List;

/**
 * What a template wrote.
 *
 * @param text the whole text
 * @param generated the parts that stood in {@code {% generation %}} blocks: what the assistant said
 */
public record Rendering(String text, List<Span> generated) {
  /** Copies the list. */
  public Rendering {
    generated = List.copyOf(generated);
  }

  /**
   * A part of the text.
   *
   * @param start first char, counted as {@link String} counts
   * @param end one after the last char
   */
  public record Span(int start, int end) {}
}
