package io.sande.djl.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one thing a template can change: {@code {% set ns.x = 1 %}}. */
final class Namespace {
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  void set(String name, Object value) {
    attributes.put(name, value);
  }

  Object get(String name) {
    Object value = attributes.get(name);
    return value == null ? Undefined.attribute(this, name) : value;
  }

  Map<String, Object> attributes() {
    return attributes;
  }
}
