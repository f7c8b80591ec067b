package io.sande.djl.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names and where they are seen. A loop, macro or block has a scope of its own, whose assignments
 * end with it; {@code if} has none.
 */
final class Scope {
  private final Run run;
  private final Output out;
  private final @Nullable Scope parent;
  private final Map<String, Object> names;

  private Scope(Run run, Output out, @Nullable Scope parent, Map<String, Object> names) {
    this.run = run;
    this.out = out;
    this.parent = parent;
    this.names = names;
  }

  static Scope root(Run run, Map<String, Object> names) {
    return new Scope(run, run.root(), null, names);
  }

  /** A scope inside this one that writes to the same place. */
  Scope child() {
    return new Scope(run, out, this, new HashMap<>());
  }

  /** A scope inside this one whose text is kept apart. */
  Scope capture() {
    return new Scope(run, new Output(run.budget()), this, new HashMap<>());
  }

  Run run() {
    return run;
  }

  Budget budget() {
    return run.budget();
  }

  Output out() {
    return out;
  }

  void set(String name, Object value) {
    names.put(name, value);
  }

  /** The value of a name here or further out, a global function, or undefined. */
  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Object value = scope.names.get(name);
      if (value != null) {
        return value;
      }
    }
    Object global = Globals.TABLE.get(name);
    return global == null ? Undefined.name(name) : global;
  }
}
