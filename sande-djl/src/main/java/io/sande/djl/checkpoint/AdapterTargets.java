package io.sande.djl.checkpoint;

import io.sande.internal.Check;
import java.util.List;

/** Which modules have an adapter, in the three ways that PEFT states it. */
public sealed interface AdapterTargets {
  /** Whether {@code module}, a full name, has one. */
  boolean include(String module);

  /** Modules that are called so, or whose name ends so after a dot. */
  record Names(List<String> names) implements AdapterTargets {
    /** Copies the list, which must not be empty. */
    public Names {
      names = List.copyOf(names);
      Check.that(!names.isEmpty(), "target_modules", "at least one name", names);
    }

    @Override
    public boolean include(String module) {
      return names.stream().anyMatch(name -> module.equals(name) || module.endsWith("." + name));
    }
  }

  /** Every linear layer of a block: {@code all-linear}. */
  record AllLinear() implements AdapterTargets {
    @Override
    public boolean include(String module) {
      return true;
    }
  }

  /** A regular expression for the whole name. */
  record Matching(String pattern) implements AdapterTargets {
    /** Checks the expression. */
    public Matching {
      ModulePattern.whole(pattern);
    }

    @Override
    public boolean include(String module) {
      return ModulePattern.whole(pattern).matches(module);
    }
  }
}
