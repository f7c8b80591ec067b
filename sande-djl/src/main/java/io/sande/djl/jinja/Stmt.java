package io.sande.djl.jinja;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a template. Immutable. */
sealed interface Stmt {
  /** Where to go after a statement. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow run(Scope scope);

  /** Runs statements up to the first that leaves the loop or its turn. */
  static Flow runAll(List<Stmt> body, Scope scope) {
    scope.budget().enter();
    for (Stmt stmt : body) {
      Flow flow = stmt.run(scope);
      if (flow != Flow.NEXT) {
        scope.budget().leave();
        return flow;
      }
    }
    scope.budget().leave();
    return Flow.NEXT;
  }

  /** Notes the line, for errors. */
  record At(int line, Stmt stmt) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      scope.run().line(line);
      return stmt.run(scope);
    }
  }

  record Text(String text) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      scope.out().append(text);
      return Flow.NEXT;
    }
  }

  record Print(Expr value) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      scope.out().append(Repr.str(scope.run(), value.eval(scope)));
      return Flow.NEXT;
    }
  }

  record Assign(Target target, Expr value) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      target.assign(scope, value.eval(scope));
      return Flow.NEXT;
    }
  }

  record If(List<Branch> branches, List<Stmt> otherwise) implements Stmt {
    record Branch(Expr condition, List<Stmt> body) {}

    @Override
    public Flow run(Scope scope) {
      for (Branch branch : branches) {
        if (Values.truth(branch.condition().eval(scope))) {
          return runAll(branch.body(), scope);
        }
      }
      return runAll(otherwise, scope);
    }
  }

  /** The head of a loop; {@code condition} keeps the items for which it is true. */
  record Head(Target target, Expr items, @Nullable Expr condition, boolean recursive) {
    private Iterator<Object> iterator(Scope scope, Object value) {
      Iterator<Object> all = Iteration.iterator(scope.run(), value);
      if (condition == null) {
        return all;
      }
      return Iteration.filter(
          all,
          item -> {
            Scope inner = scope.child();
            target.assign(inner, item);
            return Values.truth(condition.eval(inner));
          });
    }
  }

  record For(Head head, List<Stmt> body, List<Stmt> otherwise) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      loop(scope, head.items().eval(scope), 1);
      return Flow.NEXT;
    }

    private void loop(Scope scope, Object items, int depth) {
      Callable inner = (run, arguments) -> recurse(scope, arguments, depth + 1);
      Loop loop = new Loop(head.iterator(scope, items), depth, head.recursive() ? inner : null);
      if (!loop.hasNext()) {
        runAll(otherwise, scope.child());
      }
      Flow flow = Flow.NEXT;
      while (flow != Flow.BREAK && loop.hasNext()) {
        Scope turn = scope.child();
        Object item = loop.next();
        turn.set("loop", loop);
        head.target().assign(turn, item);
        flow = runAll(body, turn);
      }
    }

    /** {@code loop(children)} in a recursive loop. */
    private String recurse(Scope scope, Arguments arguments, int depth) {
      if (arguments.positional().size() != 1) {
        throw new JinjaException("loop() takes the items of the inner loop");
      }
      Scope inner = scope.capture();
      loop(inner, arguments.positional().get(0), depth);
      return inner.out().toString();
    }
  }

  record Jump(Flow flow) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      return flow;
    }
  }

  record With(List<Target> targets, List<Expr> values, List<Stmt> body) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      Scope inner = scope.child();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).assign(inner, values.get(i).eval(scope));
      }
      return runAll(body, inner);
    }
  }

  record Define(Macro.Code code) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      scope.set(code.name(), new Macro(code, scope));
      return Flow.NEXT;
    }
  }

  /** {@code {% call %}}: a call whose {@code caller()} is the block. */
  record CallBlock(Expr.CallTo call, Macro.Code code) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      Arguments values = call.arguments().eval(scope).with("caller", new Macro(code, scope));
      scope.out().append(Repr.str(scope.run(), call.call(scope, values)));
      return Flow.NEXT;
    }
  }

  record Generation(List<Stmt> body) implements Stmt {
    @Override
    public Flow run(Scope scope) {
      int start = scope.out().length();
      runAll(body, scope.child());
      scope.run().generated(scope.out(), start);
      return Flow.NEXT;
    }
  }
}
