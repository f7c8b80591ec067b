package io.sande.djl.jinja;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code loop}. Looks ahead only as far as it is asked, because the condition of a
 * loop may depend on what its body sets.
 */
final class Loop implements Callable {
  private final Iterator<Object> items;
  private final Deque<Object> ahead = new ArrayDeque<>();
  private final int depth;
  private final @Nullable Callable recursion;
  private Object previous = new Undefined("there is no previous item");
  private Object current = previous;
  private @Nullable Object seen;
  private long index;

  /** The loop at {@code depth}, 1 for the outermost; {@code recursion} is what calling it does. */
  Loop(Iterator<Object> items, int depth, @Nullable Callable recursion) {
    this.items = items;
    this.depth = depth;
    this.recursion = recursion;
  }

  boolean hasNext() {
    return !ahead.isEmpty() || items.hasNext();
  }

  Object next() {
    previous = current;
    current = ahead.isEmpty() ? items.next() : ahead.remove();
    index++;
    return current;
  }

  Object attribute(String name) {
    return switch (name) {
      case "index" -> index;
      case "index0" -> index - 1;
      case "first" -> index == 1;
      case "last" -> !hasNext();
      case "length" -> length();
      case "revindex" -> length() - index + 1;
      case "revindex0" -> length() - index;
      case "previtem" -> previous;
      case "nextitem" -> peek();
      case "depth" -> (long) depth;
      case "depth0" -> depth - 1L;
      case "cycle" -> (Callable) this::cycle;
      case "changed" -> (Callable) this::changed;
      default -> Undefined.attribute(this, name);
    };
  }

  private long length() {
    items.forEachRemaining(ahead::add);
    return index + ahead.size();
  }

  private Object peek() {
    if (!hasNext()) {
      return new Undefined("there is no next item");
    }
    if (ahead.isEmpty()) {
      ahead.add(items.next());
    }
    return ahead.element();
  }

  private Object cycle(Run run, Arguments arguments) {
    List<Object> values = arguments.positional();
    if (values.isEmpty()) {
      throw new JinjaException("loop.cycle() needs items to cycle through");
    }
    return values.get((int) ((index - 1) % values.size()));
  }

  private Object changed(Run run, Arguments arguments) {
    Object values = arguments.positional();
    boolean changed = seen == null || !Values.equal(run, seen, values);
    seen = values;
    return changed;
  }

  @Override
  public Object call(Run run, Arguments arguments) {
    if (recursion == null) {
      throw new JinjaException("loop() works only in a loop that says 'recursive'");
    }
    return recursion.call(run, arguments);
  }
}
