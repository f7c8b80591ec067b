package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes, items and slices. What is not there is undefined. */
final class Access {
  private static final Set<String> DICT_CHANGES =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> LIST_CHANGES =
      Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");

  private Access() {}

  /** {@code owner.name}: an attribute, or else an item. */
  static Object attribute(Run run, Object owner, String name) {
    Object found = ownAttribute(owner, name);
    return found instanceof Undefined && hasNoAttribute(owner, name)
        ? entry(run, owner, name)
        : found;
  }

  /** {@code owner[key]}: an item, or else an attribute. */
  static Object item(Run run, Object owner, Object key) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Object found = entry(run, owner, key);
    return found instanceof Undefined && key instanceof String name && !hasEntry(owner, name)
        ? ownAttribute(owner, name)
        : found;
  }

  /** Only an attribute, never an item. */
  static Object ownAttribute(Object owner, String name) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (name.startsWith("__") || isChange(owner, name)) {
      return Undefined.unsafe(owner, name);
    }
    if (owner instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (owner instanceof Loop loop) {
      return loop.attribute(name);
    }
    Builtin method = Methods.find(owner, name);
    return method == null ? Undefined.attribute(owner, name) : method.bind(owner);
  }

  private static boolean hasNoAttribute(Object owner, String name) {
    return !name.startsWith("__") && !isChange(owner, name) && Methods.find(owner, name) == null;
  }

  private static boolean isChange(Object owner, String name) {
    return owner instanceof Map
        ? DICT_CHANGES.contains(name)
        : owner instanceof List && LIST_CHANGES.contains(name);
  }

  private static boolean hasEntry(Object owner, String name) {
    return owner instanceof Map<?, ?> map && map.containsKey(name);
  }

  private static Object entry(Run run, Object owner, Object key) {
    if (owner instanceof Map<?, ?> map && Values.isKey(key)) {
      Object value = map.get(Values.key(run, key));
      return value == null ? Undefined.attribute(owner, Repr.str(run, key)) : value;
    }
    if (Values.plain(key) instanceof Long index) {
      return element(run, owner, index);
    }
    return Undefined.attribute(owner, Repr.str(run, key));
  }

  private static Object element(Run run, Object owner, long index) {
    if (!(owner instanceof String || owner instanceof List || owner instanceof Tuple)) {
      return Undefined.attribute(owner, Long.toString(index));
    }
    long length = Values.length(run, owner);
    long at = index < 0 ? index + length : index;
    if (at < 0 || at >= length) {
      return new Undefined("%s has no item %d".formatted(Types.name(owner), index));
    }
    return owner instanceof String text
        ? Strings.slice(text, (int) at, (int) at + 1)
        : Values.items(owner).get((int) at);
  }

  /** {@code owner[start:stop:step]}; None for a part left out. */
  static Object slice(Run run, Object owner, Object start, Object stop, Object step) {
    if (owner instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!(owner instanceof String || owner instanceof List || owner instanceof Tuple)) {
      return Undefined.attribute(owner, "slice");
    }
    Bounds bounds = Bounds.of((int) Values.length(run, owner), start, stop, step);
    if (owner instanceof String text) {
      return slice(run, text, bounds);
    }
    List<Object> part = bounds.pick(run, Values.items(owner));
    return owner instanceof Tuple ? new Tuple(part) : part;
  }

  private static String slice(Run run, String text, Bounds bounds) {
    run.budget().text(text.length());
    if (bounds.step() == 1) {
      return Strings.slice(text, bounds.start(), Math.max(bounds.start(), bounds.stop()));
    }
    StringBuilder part = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int i = 0, at = bounds.start(); i < bounds.count(); i++, at += bounds.step()) {
      part.appendCodePoint(characters[at]);
    }
    return part.toString();
  }

  /** A slice fitted to a length, as {@code slice.indices} does. */
  private record Bounds(int start, int stop, int step) {
    static Bounds of(int length, Object start, Object stop, Object step) {
      long by = step == None.NONE ? 1 : Types.integer(step, "slice step");
      if (by == 0) {
        throw new JinjaException("slice step must not be zero");
      }
      int low = by < 0 ? -1 : 0;
      int high = by < 0 ? length - 1 : length;
      int from = start == None.NONE ? (by < 0 ? high : low) : clamp(start, length, low, high);
      int to = stop == None.NONE ? (by < 0 ? low : high) : clamp(stop, length, low, high);
      long most = length + 1L; // a longer step changes nothing and could overflow
      return new Bounds(from, to, (int) Math.max(-most, Math.min(most, by)));
    }

    private static int clamp(Object bound, int length, int low, int high) {
      long at = Types.integer(bound, "slice index");
      return (int) Math.max(low, Math.min(high, at < 0 ? at + length : at));
    }

    int count() {
      int distance = step > 0 ? stop - start : start - stop;
      return distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
    }

    List<Object> pick(Run run, List<Object> items) {
      run.budget().steps(count());
      List<Object> part = new ArrayList<>(count());
      for (int i = 0, at = start; i < count(); i++, at += step) {
        part.add(items.get(at));
      }
      return part;
    }
  }
}
