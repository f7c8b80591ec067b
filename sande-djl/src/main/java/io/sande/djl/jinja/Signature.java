package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Name and parameters of a built-in, written in one line: {@code "replace old new count="}. A name
 * with {@code =} may be left out; a last {@code *} takes any further arguments.
 */
record Signature(String name, List<String> parameters, int required, boolean open) {
  static Signature of(String line) {
    List<String> words = List.of(line.split(" "));
    boolean open = words.get(words.size() - 1).equals("*");
    List<String> parameters = new ArrayList<>();
    int required = 0;
    for (String word : words.subList(1, words.size() - (open ? 1 : 0))) {
      required += word.endsWith("=") ? 0 : 1;
      parameters.add(word.replace("=", ""));
    }
    return new Signature(words.get(0), List.copyOf(parameters), required, open);
  }

  /** Lays arguments out by parameter; null where one is left out. */
  @Nullable Object[] bind(Arguments arguments) {
    @Nullable Object[] values = new @Nullable Object[parameters.size()];
    List<Object> positional = arguments.positional();
    if (positional.size() > values.length && !open) {
      throw new JinjaException(
          "%s() takes at most %d arguments but got %d"
              .formatted(name, values.length, positional.size()));
    }
    for (int i = 0; i < Math.min(positional.size(), values.length); i++) {
      values[i] = positional.get(i);
    }
    bindNamed(arguments.named(), values);
    for (int i = 0; i < required; i++) {
      if (values[i] == null) {
        throw new JinjaException("%s() needs the argument '%s'".formatted(name, parameters.get(i)));
      }
    }
    return values;
  }

  private void bindNamed(Map<String, Object> named, @Nullable Object[] values) {
    named.forEach(
        (key, value) -> {
          int i = parameters.indexOf(key);
          if (i >= 0) {
            values[i] = value;
          } else if (!open) {
            throw new JinjaException("%s() has no argument '%s'".formatted(name, key));
          }
        });
  }

  /** What no parameter takes. */
  Arguments rest(Arguments arguments) {
    int taken = Math.min(parameters.size(), arguments.positional().size());
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    named.keySet().removeAll(parameters);
    return new Arguments(arguments.skip(taken).positional(), named);
  }
}
