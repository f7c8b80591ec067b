package io.sande.djl.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Python's names of types, and values that must have one. */
final class Types {
  private Types() {}

  static String name(Object value) {
    if (value instanceof Boolean) {
      return "bool";
    }
    if (value instanceof Long) {
      return "int";
    }
    if (value instanceof Double) {
      return "float";
    }
    if (value instanceof String) {
      return "str";
    }
    return value == None.NONE ? "NoneType" : container(value);
  }

  private static String container(Object value) {
    if (value instanceof Range) {
      return "range";
    }
    if (value instanceof List) {
      return "list";
    }
    if (value instanceof Map) {
      return "dict";
    }
    if (value instanceof DictView view) {
      return "dict_" + view.kind();
    }
    if (value instanceof Iterator) {
      return "generator";
    }
    return value instanceof Callable ? "function" : value.getClass().getSimpleName();
  }

  static String string(Object value, String what) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(what, "a string", value);
  }

  static long integer(Object value, String what) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    throw wrong(what, "an integer", value);
  }

  /** An argument has the wrong type. */
  static JinjaException wrong(String what, String wanted, Object found) {
    if (found instanceof Undefined undefined) {
      return undefined.failure();
    }
    return new JinjaException("%s must be %s but is a %s".formatted(what, wanted, name(found)));
  }
}
