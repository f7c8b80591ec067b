package io.sande.djl.jinja;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Truth, equality and order as in Python. */
final class Values {
  private Values() {}

  static boolean truth(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (isNumber(value)) {
      return ((Number) value).doubleValue() != 0;
    }
    if (isSized(value)) {
      return size(value) > 0;
    }
    return value != None.NONE && !(value instanceof Undefined);
  }

  /** An int or a float, not a bool. */
  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double;
  }

  /** A container whose items can be counted. */
  static boolean isSized(Object value) {
    return value instanceof List
        || value instanceof Map
        || value instanceof Tuple
        || value instanceof DictView;
  }

  private static int size(Object container) {
    if (container instanceof Map<?, ?> map) {
      return map.size();
    }
    return items(container).size();
  }

  /** The items of a list, tuple or view. */
  @SuppressWarnings("unchecked") // every list here holds values
  static List<Object> items(Object container) {
    if (container instanceof Tuple tuple) {
      return tuple.items();
    }
    return container instanceof DictView view ? view.items() : (List<Object>) container;
  }

  /** Python's {@code len()}. */
  static long length(Run run, Object value) {
    if (value instanceof String text) {
      run.budget().scan(text.length());
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Undefined) {
      return 0;
    }
    if (isSized(value)) {
      return size(value);
    }
    throw new JinjaException("object of type '%s' has no len()".formatted(Types.name(value)));
  }

  static boolean equal(Run run, Object a, Object b) {
    run.budget().enter();
    boolean result = sameValue(run, plain(a), plain(b));
    run.budget().leave();
    return result;
  }

  private static boolean sameValue(Run run, Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      run.budget().scan(Math.min(x.length(), y.length()));
      return x.equals(y);
    }
    if (isNumber(a) && isNumber(b)) {
      return !isNaN(a) && !isNaN(b) && compareNumbers(a, b) == 0;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return sameEntries(run, x, y);
    }
    if (isSequence(a) && Types.name(a).equals(Types.name(b))) {
      return sameItems(run, items(a), items(b));
    }
    return a == b || (a instanceof Undefined && b instanceof Undefined);
  }

  private static boolean sameItems(Run run, List<Object> a, List<Object> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<Object> other = b.iterator();
    return a.stream().allMatch(item -> equal(run, item, other.next()));
  }

  private static boolean sameEntries(Run run, Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : a.entrySet()) {
      Object other = b.get(entry.getKey());
      if (other == null || !equal(run, entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSequence(Object value) {
    return value instanceof List || value instanceof Tuple;
  }

  /** A bool counts as 0 or 1. */
  static Object plain(Object value) {
    return value instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : value;
  }

  /** Negative, 0 or positive as {@code a} is below, at or above {@code b}. */
  static int compare(Run run, Object a, Object b) {
    run.budget().enter();
    int result = order(run, plain(a), plain(b));
    run.budget().leave();
    return result;
  }

  private static int order(Run run, Object a, Object b) {
    if (isNumber(a) && isNumber(b)) {
      return compareNumbers(a, b);
    }
    if (a instanceof String x && b instanceof String y) {
      run.budget().scan(Math.min(x.length(), y.length()));
      return Strings.compare(x, y);
    }
    if (isSequence(a) && Types.name(a).equals(Types.name(b))) {
      return compareItems(run, items(a), items(b));
    }
    throw unordered(a, b);
  }

  private static JinjaException unordered(Object a, Object b) {
    if (a instanceof Undefined undefined) {
      return undefined.failure();
    }
    if (b instanceof Undefined undefined) {
      return undefined.failure();
    }
    return new JinjaException(
        "'%s' and '%s' cannot be compared by size".formatted(Types.name(a), Types.name(b)));
  }

  private static int compareItems(Run run, List<Object> a, List<Object> b) {
    Iterator<Object> other = b.iterator();
    for (Object item : a) {
      if (!other.hasNext()) {
        return 1;
      }
      Object against = other.next();
      if (!equal(run, item, against)) {
        return compare(run, item, against);
      }
    }
    return other.hasNext() ? -1 : 0;
  }

  private static int compareNumbers(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    double x = ((Number) a).doubleValue();
    double y = ((Number) b).doubleValue();
    if (x != y || Double.isInfinite(x)) {
      return Double.compare(x, y);
    }
    return exact(a).compareTo(exact(b)); // a long beyond 2^53 may have been rounded
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(((Number) number).doubleValue());
  }

  static boolean isNaN(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  /** Python's {@code in}. */
  static boolean contains(Run run, Object container, Object item) {
    if (container instanceof String text) {
      String part = Types.string(item, "what is looked for in a string");
      run.budget().search(text.length(), part.length());
      return text.contains(part);
    }
    if (container instanceof Map<?, ?> map) {
      return !(item instanceof Undefined) && map.containsKey(key(run, item));
    }
    Iterator<Object> items = Iteration.iterator(run, container);
    while (items.hasNext()) {
      if (equal(run, item, items.next())) {
        return true;
      }
    }
    return false;
  }

  static boolean isKey(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || isNumber(value)
        || value == None.NONE;
  }

  /** A value that may be the key of a dictionary. */
  static Object key(Run run, Object value) {
    if (value instanceof String text) {
      run.budget().scan(text.length()); // hashing reads it all
      return text;
    }
    if (isKey(value)) {
      return value;
    }
    throw Types.wrong("a dictionary key", "a string, number, boolean or none", value);
  }
}
