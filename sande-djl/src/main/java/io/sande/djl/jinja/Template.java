package io.sande.djl.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A chat template, read once and rendered often. Immutable and safe for use by many threads.
 *
 * <p>Follows Jinja2 3.1 as transformers configures it: immutable sandbox, {@code trim_blocks},
 * {@code lstrip_blocks}, loop controls, {@code {% generation %}} blocks, no HTML escaping, {@code
 * tojson} with {@code json.dumps}' spacing, {@code raise_exception} and {@code strftime_now}.
 * Differences: integers have 64 bits and overflow is an error; tuples are no dictionary keys;
 * {@code safe} and {@code escape} give plain strings; no inheritance, inclusion or import.
 *
 * <p>Templates are not trusted. Rendering ends with an exception after a fixed number of steps, or
 * of characters: see {@link Budget}.
 */
public final class Template {
  private final List<Stmt> body;
  private final Clock clock;

  private Template(List<Stmt> body, Clock clock) {
    this.body = body;
    this.clock = clock;
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException with the line, for a syntax error or an unknown tag, and for an unknown
   *     filter or test unless it stands inside a condition, where Jinja looks only when it gets
   *     there
   */
  public static Template parse(String source) {
    return new Template(
        StatementParser.parse(source), Clock.system(java.time.ZoneId.systemDefault()));
  }

  /** The same with another clock for {@code strftime_now}; the default is the system's, local. */
  public Template withClock(Clock other) {
    return new Template(body, other);
  }

  /**
   * Renders with variables: String, Boolean, Integer, Long, Float, Double, List, Map with such
   * contents, or null for None. A name that is absent is undefined.
   *
   * @throws JinjaException if the template fails or refuses
   * @throws IllegalArgumentException if a variable has another type
   */
  public String render(Map<String, ?> context) {
    return run(context).text();
  }

  /**
   * The same, and where the {@code {% generation %}} blocks are.
   *
   * @throws JinjaException also if such a block stands in a macro or another captured block, where
   *     its place in the text is not known
   */
  public Rendering renderWithSpans(Map<String, ?> context) {
    Run run = run(context);
    return new Rendering(run.text(), run.spans());
  }

  private Run run(Map<String, ?> context) {
    Run run = new Run(clock);
    Scope scope = Scope.root(run, Context.convert(context));
    try {
      Stmt.runAll(body, scope);
      return run;
    } catch (JinjaException e) {
      throw e.at(run.line());
    }
  }
}
