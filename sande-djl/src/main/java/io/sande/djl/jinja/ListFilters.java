package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters on lists and dictionaries as a whole. */
final class ListFilters {
  static final Map<String, Builtin> TABLE =
      Builtin.table(
          Builtin.of("dictsort case_sensitive= by= reverse=", ListFilters::sortEntries),
          Builtin.of("first", ListFilters::first),
          Builtin.of("items", ListFilters::items),
          Builtin.of("join d= attribute=", ListFilters::join),
          Builtin.of("last", ListFilters::last),
          Builtin.of("list", c -> Iteration.list(c.run(), c.self())),
          Builtin.of("max case_sensitive= attribute=", c -> extreme(c, -1)),
          Builtin.of("min case_sensitive= attribute=", c -> extreme(c, 1)),
          Builtin.of("reverse", ListFilters::reverse),
          Builtin.of("sort reverse= case_sensitive= attribute=", ListFilters::sort),
          Builtin.of("sum attribute= start=", ListFilters::sum),
          Builtin.of("unique case_sensitive= attribute=", ListFilters::unique));

  private ListFilters() {}

  /** What {@code attribute} names of an item: {@code a.b.0}, or the item itself for None. */
  static Object path(Run run, Object item, Object attribute) {
    if (attribute == None.NONE) {
      return item;
    }
    if (attribute instanceof Long index) {
      return Access.item(run, item, index);
    }
    Object found = item;
    for (String part : Types.string(attribute, "attribute").split("\\.", -1)) {
      boolean index = Strings.all(part, c -> c >= '0' && c <= '9') && part.length() < 10;
      found = Access.item(run, found, index ? (Object) Long.parseLong(part) : part);
    }
    return found;
  }

  /** What to compare by: strings without case unless that matters. */
  private static Object sortKey(Call call, Object value, boolean caseSensitive) {
    if (value instanceof String text && !caseSensitive) {
      call.budget().text(text.length());
      return Strings.lower(text);
    }
    return value;
  }

  private static List<Object> sorted(Call call, List<Object> items, Keys keys) {
    List<List<Object>> pairs = new ArrayList<>();
    for (Object item : items) {
      Object key = path(call.run(), item, keys.attribute());
      pairs.add(List.of(sortKey(call, key, keys.caseSensitive()), item));
    }
    Comparator<List<Object>> order = (a, b) -> Values.compare(call.run(), a.get(0), b.get(0));
    pairs.sort(keys.reverse() ? Collections.reverseOrder(order) : order);
    List<Object> result = new ArrayList<>();
    pairs.forEach(pair -> result.add(pair.get(1)));
    return result;
  }

  private record Keys(Object attribute, boolean caseSensitive, boolean reverse) {}

  private static Object sort(Call call) {
    List<Object> items = Iteration.list(call.run(), call.self());
    return sorted(call, items, new Keys(call.get(2), call.flag(1), call.flag(0)));
  }

  private static Object sortEntries(Call call) {
    String by = call.string(1, "key");
    if (!by.equals("key") && !by.equals("value")) {
      throw new JinjaException("dictsort sorts by 'key' or 'value' but was asked for '" + by + "'");
    }
    List<Object> pairs = Iteration.list(call.run(), DictView.items(map(call)));
    return sorted(call, pairs, new Keys(by.equals("key") ? 0L : 1L, call.flag(0), call.flag(2)));
  }

  private static Object extreme(Call call, int wanted) {
    Object best = new Undefined("the sequence is empty");
    Object bestKey = best;
    for (Object item : Iteration.list(call.run(), call.self())) {
      Object key = sortKey(call, path(call.run(), item, call.get(1)), call.flag(0));
      if (bestKey instanceof Undefined
          || Integer.signum(Values.compare(call.run(), bestKey, key)) == wanted) {
        best = item;
        bestKey = key;
      }
    }
    return best;
  }

  private static Object unique(Call call) {
    Set<Object> seen = new HashSet<>();
    Iterator<Object> items = Iteration.iterator(call.run(), call.self());
    return Iteration.filter(
        items,
        item -> {
          Object key = sortKey(call, path(call.run(), item, call.get(1)), call.flag(0));
          return seen.add(Values.key(call.run(), key));
        });
  }

  private static Object first(Call call) {
    Iterator<Object> items = Iteration.iterator(call.run(), call.self());
    return items.hasNext() ? items.next() : new Undefined("the sequence is empty");
  }

  private static Object last(Call call) {
    if (call.self() instanceof Iterator) {
      throw new JinjaException("'generator' object is not reversible");
    }
    List<Object> items = Iteration.list(call.run(), call.self());
    return items.isEmpty() ? new Undefined("the sequence is empty") : items.get(items.size() - 1);
  }

  private static Object reverse(Call call) {
    if (call.self() instanceof String text) {
      call.budget().text(text.length());
      return new StringBuilder(text).reverse().toString(); // keeps surrogate pairs in order
    }
    List<Object> items = Iteration.list(call.run(), call.self());
    Collections.reverse(items);
    return items.iterator();
  }

  private static Object items(Call call) {
    return call.self() instanceof Undefined
        ? Collections.emptyIterator()
        : Iteration.iterator(call.run(), DictView.items(map(call)));
  }

  private static Map<?, ?> map(Call call) {
    if (call.self() instanceof Map<?, ?> map) {
      call.budget().steps(map.size());
      return map;
    }
    throw Types.wrong("what has items", "a dictionary", call.self());
  }

  private static Object join(Call call) {
    String separator = Repr.str(call.run(), call.get(0, ""));
    Output out = new Output(call.budget());
    Iterator<Object> items = Iteration.iterator(call.run(), call.self());
    while (items.hasNext()) {
      out.append(Repr.str(call.run(), path(call.run(), items.next(), call.get(1))));
      out.append(items.hasNext() ? separator : "");
    }
    return out.toString();
  }

  private static Object sum(Call call) {
    Object total = call.get(1, 0L);
    for (Object item : Iteration.list(call.run(), call.self())) {
      Object value = path(call.run(), item, call.get(0));
      total = Arithmetic.ADD.apply(call.run(), total, value);
    }
    return total;
  }
}
