package io.sande.djl.jinja;

import java.util.List;

/** A Python tuple. */
record Tuple(List<Object> items) {
  static Tuple of(Object first, Object second) {
    return new Tuple(List.of(first, second));
  }
}
