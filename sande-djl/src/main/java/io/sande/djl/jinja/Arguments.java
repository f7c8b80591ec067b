package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The evaluated arguments of one call. */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** The same without the first {@code count} positional ones. */
  Arguments skip(int count) {
    return new Arguments(positional.subList(count, positional.size()), named);
  }

  /** The same with one more. */
  Arguments with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(named);
    more.put(name, value);
    return new Arguments(positional, more);
  }

  /** The arguments as a template writes them. */
  record Written(List<Expr> positional, Map<String, Expr> named, Expr star, Expr doubleStar) {
    Arguments eval(Scope scope) {
      if (positional.isEmpty() && named.isEmpty() && isPlain()) {
        return NONE;
      }
      List<Object> values = new ArrayList<>();
      positional.forEach(expr -> values.add(expr.eval(scope)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((name, expr) -> byName.put(name, expr.eval(scope)));
      if (!isPlain()) {
        values.addAll(Iteration.list(scope.run(), star.eval(scope)));
        unpack(scope, byName);
      }
      return new Arguments(values, byName);
    }

    private boolean isPlain() {
      return star == Expr.Constant.EMPTY && doubleStar == Expr.Constant.EMPTY;
    }

    private void unpack(Scope scope, Map<String, Object> byName) {
      if (doubleStar == Expr.Constant.EMPTY) {
        return;
      }
      if (!(doubleStar.eval(scope) instanceof Map<?, ?> map)) {
        throw new JinjaException("the value after ** must be a dictionary");
      }
      map.forEach((key, value) -> byName.put(Types.string(key, "keyword"), value));
    }
  }
}
