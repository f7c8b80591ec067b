package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a dictionary give: it has a length
 * and can be walked, but not indexed.
 *
 * @param kind keys, values or items
 */
record DictView(String kind, List<Object> items) {
  static DictView keys(Map<?, ?> map) {
    return new DictView("keys", new ArrayList<>(map.keySet()));
  }

  static DictView values(Map<?, ?> map) {
    return new DictView("values", new ArrayList<>(map.values()));
  }

  static DictView items(Map<?, ?> map) {
    List<Object> pairs = new ArrayList<>(map.size());
    map.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
    return new DictView("items", pairs);
  }
}
