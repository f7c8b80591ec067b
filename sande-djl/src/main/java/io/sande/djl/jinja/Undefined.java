package io.sande.djl.jinja;

/**
 * What a name, attribute or item that does not exist gives. It prints as nothing, is false and
 * empty; any other use fails with the message.
 */
record Undefined(String message) {
  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined attribute(Object owner, String name) {
    return new Undefined("'%s object' has no attribute '%s'".formatted(Types.name(owner), name));
  }

  /** What the sandbox keeps away. */
  static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute '%s' of '%s' object is unsafe".formatted(name, Types.name(owner)));
  }

  JinjaException failure() {
    return new JinjaException(message);
  }
}
