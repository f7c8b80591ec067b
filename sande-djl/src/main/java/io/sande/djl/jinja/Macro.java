package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A macro, or the body of a {@code call} block, with the names it sees where it was defined.
 *
 * @param scope where it was defined
 */
record Macro(Code code, Scope scope) implements Callable {
  /**
   * What the template says.
   *
   * @param mentioned all names in the body: {@code varargs} or {@code kwargs} among them take
   *     arguments that no parameter takes
   */
  record Code(String name, List<Parameter> parameters, List<Stmt> body, Set<String> mentioned) {}

  record Parameter(String name, @Nullable Expr absent) {}

  @Override
  public Object call(Run run, Arguments arguments) {
    int line = run.line();
    Scope inner = scope.capture();
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    Object caller = named.remove("caller");
    inner.set("caller", caller == null ? new Undefined("No caller defined") : caller);
    bind(inner, arguments.positional(), named);
    Stmt.runAll(code.body(), inner);
    run.line(line);
    return inner.out().toString();
  }

  private void bind(Scope inner, List<Object> positional, Map<String, Object> named) {
    int i = 0;
    for (Parameter parameter : code.parameters()) {
      Object byName = named.remove(parameter.name());
      inner.set(parameter.name(), value(inner, parameter, i++, positional, byName));
    }
    rest(inner, "varargs", positional.subList(Math.min(i, positional.size()), positional.size()));
    rest(inner, "kwargs", named);
  }

  private Object value(
      Scope inner,
      Parameter parameter,
      int index,
      List<Object> positional,
      @Nullable Object named) {
    if (index < positional.size()) {
      if (named != null) {
        throw new JinjaException(
            "macro %s got '%s' twice".formatted(code.name(), parameter.name()));
      }
      return positional.get(index);
    }
    if (named != null) {
      return named;
    }
    return parameter.absent() == null
        ? new Undefined("parameter '%s' was not provided".formatted(parameter.name()))
        : parameter.absent().eval(inner);
  }

  private void rest(Scope inner, String name, Object left) {
    if (code.mentioned().contains(name)) {
      inner.set(name, left instanceof List<?> list ? new Tuple(new ArrayList<>(list)) : left);
    } else if (Values.truth(left)) {
      throw new JinjaException(
          "macro %s got more arguments than it has parameters".formatted(code.name()));
    }
  }
}
