package io.sande.djl.jinja;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The state of one rendering. */
final class Run {
  private final Budget budget = new Budget();
  private final Output root = new Output(budget);
  private final List<Rendering.Span> spans = new ArrayList<>();
  private final Clock clock;
  private boolean spansLost;
  private int line;

  Run(Clock clock) {
    this.clock = clock;
  }

  Budget budget() {
    return budget;
  }

  Clock clock() {
    return clock;
  }

  Output root() {
    return root;
  }

  String text() {
    return root.toString();
  }

  /** Line of the statement being run. */
  int line() {
    return line;
  }

  void line(int current) {
    line = current;
  }

  /** A generation block wrote to {@code out} from {@code start} on. */
  void generated(Output out, int start) {
    if (out == root) {
      spans.add(new Rendering.Span(start, out.length()));
    } else {
      spansLost = true;
    }
  }

  List<Rendering.Span> spans() {
    if (spansLost) {
      throw new JinjaException(
          "a generation block stands inside a macro, call, filter or set block,"
              + " so its place in the text is not known; move it to the outside");
    }
    return spans;
  }
}
