package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An expression of a template. Immutable. */
sealed interface Expr {
  /** Computes the value; {@link #eval} is what to call. */
  Object compute(Scope scope);

  /** The value of this expression. */
  default Object eval(Scope scope) {
    scope.budget().enter();
    Object value = compute(scope);
    scope.budget().leave();
    return value;
  }

  record Constant(Object value) implements Expr {
    static final Constant NONE = new Constant(None.NONE);

    /** Stands where an argument list has no star. */
    static final Constant EMPTY = new Constant(List.of());

    @Override
    public Object compute(Scope scope) {
      return value;
    }
  }

  record Name(String name) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return scope.get(name);
    }
  }

  record ListOf(List<Expr> items) implements Expr {
    @Override
    public Object compute(Scope scope) {
      List<Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(item.eval(scope)));
      return values;
    }
  }

  record TupleOf(List<Expr> items) implements Expr {
    @Override
    public Object compute(Scope scope) {
      List<Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(item.eval(scope)));
      return new Tuple(values);
    }
  }

  /** A dictionary: key, value, key, value. */
  record DictOf(List<Expr> pairs) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (int i = 0; i < pairs.size(); i += 2) {
        Object key = Values.key(scope.run(), pairs.get(i).eval(scope));
        entries.put(key, pairs.get(i + 1).eval(scope));
      }
      return entries;
    }
  }

  record Attribute(Expr owner, String name) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return Access.attribute(scope.run(), owner.eval(scope), name);
    }
  }

  record Item(Expr owner, Expr key) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return Access.item(scope.run(), owner.eval(scope), key.eval(scope));
    }
  }

  record Slice(Expr owner, Expr start, Expr stop, Expr step) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return Access.slice(
          scope.run(), owner.eval(scope), start.eval(scope), stop.eval(scope), step.eval(scope));
    }
  }

  record CallTo(Expr function, Arguments.Written arguments) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return call(scope, arguments.eval(scope));
    }

    /** Calls with the arguments as {@code values}. */
    Object call(Scope scope, Arguments values) {
      Object target = function.eval(scope);
      if (target instanceof Callable callable) {
        return callable.call(scope.run(), values);
      }
      throw target instanceof Undefined undefined
          ? undefined.failure()
          : new JinjaException("'%s' object is not callable".formatted(Types.name(target)));
    }
  }

  record Filter(Expr value, String name, Arguments.Written arguments) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Object input = value.eval(scope);
      return Filters.find(name).apply(scope.run(), input, arguments.eval(scope));
    }
  }

  record Test(Expr value, String name, Arguments.Written arguments) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Object input = value.eval(scope);
      return Tests.find(name).apply(scope.run(), input, arguments.eval(scope));
    }
  }

  record Negative(Expr value) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return Arithmetic.SUBTRACT.apply(scope.run(), 0L, value.eval(scope));
    }
  }

  record Binary(Arithmetic operator, Expr left, Expr right) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return operator.apply(scope.run(), left.eval(scope), right.eval(scope));
    }
  }

  record Concat(List<Expr> parts) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Output out = new Output(scope.budget());
      parts.forEach(part -> out.append(Repr.str(scope.run(), part.eval(scope))));
      return out.toString();
    }
  }

  record Not(Expr value) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return !Values.truth(value.eval(scope));
    }
  }

  record And(Expr left, Expr right) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Object first = left.eval(scope);
      return Values.truth(first) ? right.eval(scope) : first;
    }
  }

  record Or(Expr left, Expr right) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Object first = left.eval(scope);
      return Values.truth(first) ? first : right.eval(scope);
    }
  }

  /** A chain: {@code 1 < x <= 3}. */
  record Compare(Expr first, List<Link> links) implements Expr {
    record Link(Comparison operator, Expr right) {}

    @Override
    public Object compute(Scope scope) {
      Object left = first.eval(scope);
      for (Link link : links) {
        Object right = link.right().eval(scope);
        if (!link.operator().holds(scope.run(), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  record Conditional(Expr condition, Expr then, Expr otherwise) implements Expr {
    @Override
    public Object compute(Scope scope) {
      return Values.truth(condition.eval(scope)) ? then.eval(scope) : otherwise.eval(scope);
    }
  }

  /** The text of a block, as a value. */
  record Captured(List<Stmt> body) implements Expr {
    @Override
    public Object compute(Scope scope) {
      Scope inner = scope.capture();
      Stmt.runAll(body, inner);
      return inner.out().toString();
    }
  }
}
