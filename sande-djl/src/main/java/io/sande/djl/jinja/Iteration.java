package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;

/** Walking values. */
final class Iteration {
  private Iteration() {}

  static boolean isIterable(Object value) {
    return value instanceof String
        || value instanceof Iterator
        || value instanceof Undefined
        || Values.isSized(value);
  }

  /** The items of a value: the characters of a string, the keys of a dictionary. */
  static Iterator<Object> iterator(Run run, Object value) {
    if (value instanceof Iterator<?> generator) {
      return values(generator);
    }
    if (value instanceof Undefined) {
      return Collections.emptyIterator();
    }
    if (value instanceof Map<?, ?> map) {
      return counted(run, map.keySet().iterator());
    }
    if (value instanceof String text) {
      return counted(run, characters(text));
    }
    if (Values.isSized(value)) {
      return counted(run, Values.items(value).iterator());
    }
    throw new JinjaException("'%s' object is not iterable".formatted(Types.name(value)));
  }

  /** All items, in a new list. */
  static List<Object> list(Run run, Object value) {
    List<Object> items = new ArrayList<>();
    iterator(run, value).forEachRemaining(items::add);
    return items;
  }

  /** A generator over changed items. */
  static Iterator<Object> map(Iterator<Object> items, Function<Object, Object> change) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Object next() {
        return change.apply(items.next());
      }
    };
  }

  /** A generator over some items. It looks at no item before it is asked for. */
  static Iterator<Object> filter(Iterator<Object> items, Predicate<Object> wanted) {
    return new Iterator<>() {
      private final List<Object> found = new ArrayList<>(1);

      @Override
      public boolean hasNext() {
        while (found.isEmpty() && items.hasNext()) {
          Object item = items.next();
          if (wanted.test(item)) {
            found.add(item);
          }
        }
        return !found.isEmpty();
      }

      @Override
      public Object next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return found.remove(0);
      }
    };
  }

  @SuppressWarnings("unchecked") // every iterator here gives values
  private static Iterator<Object> values(Iterator<?> generator) {
    return (Iterator<Object>) generator;
  }

  private static Iterator<Object> counted(Run run, Iterator<?> items) {
    return map(
        values(items),
        item -> {
          run.budget().steps(1);
          return item;
        });
  }

  private static Iterator<Object> characters(String text) {
    return text.codePoints().mapToObj(c -> (Object) Character.toString(c)).iterator();
  }
}
