package io.sande.djl.jinja;

import java.util.List;

/** What a value can be assigned to. */
sealed interface Target {
  void assign(Scope scope, Object value);

  record Name(String name) implements Target {
    @Override
    public void assign(Scope scope, Object value) {
      scope.set(name, value);
    }
  }

  /** An attribute of a namespace. */
  record Attribute(String owner, String name) implements Target {
    @Override
    public void assign(Scope scope, Object value) {
      if (!(scope.get(owner) instanceof Namespace namespace)) {
        throw new JinjaException(
            "cannot set %s.%s: '%s' is not a namespace".formatted(owner, name, owner));
      }
      namespace.set(name, value);
    }
  }

  record Several(List<Target> targets) implements Target {
    @Override
    public void assign(Scope scope, Object value) {
      List<Object> items = Iteration.list(scope.run(), value);
      if (items.size() != targets.size()) {
        throw new JinjaException(
            "cannot unpack %d values into %d names".formatted(items.size(), targets.size()));
      }
      for (int i = 0; i < items.size(); i++) {
        targets.get(i).assign(scope, items.get(i));
      }
    }
  }
}
