package io.sande.djl.jinja;

import java.util.Map;

/** Operators that compare two values. */
enum Comparison {
  EQUAL {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.equal(run, left, right);
    }
  },
  NOT_EQUAL {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return !Values.equal(run, left, right);
    }
  },
  LESS {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.compare(run, left, right) < 0 && isOrdered(left, right);
    }
  },
  LESS_OR_EQUAL {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.compare(run, left, right) <= 0 && isOrdered(left, right);
    }
  },
  GREATER {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.compare(run, left, right) > 0 && isOrdered(left, right);
    }
  },
  GREATER_OR_EQUAL {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.compare(run, left, right) >= 0 && isOrdered(left, right);
    }
  },
  IN {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return Values.contains(run, right, left);
    }
  },
  NOT_IN {
    @Override
    boolean holds(Run run, Object left, Object right) {
      return !Values.contains(run, right, left);
    }
  };

  /** By the operator's sign; {@code in} and {@code not in} are words. */
  static final Map<String, Comparison> SIGNS =
      Map.of(
          "==",
          EQUAL,
          "!=",
          NOT_EQUAL,
          "<",
          LESS,
          "<=",
          LESS_OR_EQUAL,
          ">",
          GREATER,
          ">=",
          GREATER_OR_EQUAL);

  abstract boolean holds(Run run, Object left, Object right);

  private static boolean isOrdered(Object left, Object right) {
    return !Values.isNaN(left) && !Values.isNaN(right);
  }
}
