package io.sande.djl.jinja;

import java.util.ArrayList;
import java.util.List;

/** Operators on numbers, strings and lists, as in Python. */
enum Arithmetic {
  ADD("+") {
    @Override
    long whole(long a, long b) {
      return Math.addExact(a, b);
    }

    @Override
    double real(double a, double b) {
      return a + b;
    }
  },
  SUBTRACT("-") {
    @Override
    long whole(long a, long b) {
      return Math.subtractExact(a, b);
    }

    @Override
    double real(double a, double b) {
      return a - b;
    }
  },
  MULTIPLY("*") {
    @Override
    long whole(long a, long b) {
      return Math.multiplyExact(a, b);
    }

    @Override
    double real(double a, double b) {
      return a * b;
    }
  },
  DIVIDE("/") {
    @Override
    long whole(long a, long b) {
      throw new IllegalStateException("division gives a float");
    }

    @Override
    double real(double a, double b) {
      return a / notZero(b);
    }
  },
  FLOOR_DIVIDE("//") {
    @Override
    long whole(long a, long b) {
      if (a == Long.MIN_VALUE && b == -1) {
        throw new ArithmeticException("long overflow");
      }
      return Math.floorDiv(a, b);
    }

    @Override
    double real(double a, double b) {
      return Math.floor(a / notZero(b));
    }
  },
  MODULO("%") {
    @Override
    long whole(long a, long b) {
      return Math.floorMod(a, b);
    }

    @Override
    double real(double a, double b) {
      double rest = a % notZero(b);
      return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
    }
  },
  POWER("**") {
    @Override
    long whole(long a, long b) {
      long result = 1;
      long square = a;
      for (long left = b; left > 0; left >>= 1) {
        result = (left & 1) == 1 ? Math.multiplyExact(result, square) : result;
        square = left > 1 ? Math.multiplyExact(square, square) : square;
      }
      return result;
    }

    @Override
    double real(double a, double b) {
      return Math.pow(b < 0 ? notZero(a) : a, b);
    }
  };

  private final String symbol;

  Arithmetic(String symbol) {
    this.symbol = symbol;
  }

  abstract long whole(long a, long b);

  abstract double real(double a, double b);

  Object apply(Run run, Object left, Object right) {
    Object a = Values.plain(left);
    Object b = Values.plain(right);
    if (Values.isNumber(a) && Values.isNumber(b)) {
      return numbers((Number) a, (Number) b);
    }
    if (this == MODULO && a instanceof String text) {
      return PercentFormat.format(run, text, right);
    }
    if (this == ADD) {
      return add(run, a, b);
    }
    return this == MULTIPLY ? multiply(run, a, b) : fail(a, b);
  }

  private Object numbers(Number a, Number b) {
    try {
      boolean real = this == DIVIDE || (this == POWER && b.doubleValue() < 0);
      if (a instanceof Long x && b instanceof Long y && !real) {
        return whole(x, y);
      }
      return real(a.doubleValue(), b.doubleValue());
    } catch (ArithmeticException e) {
      throw new JinjaException("%s %s %s: %s".formatted(a, symbol, b, e.getMessage()));
    }
  }

  private Object add(Run run, Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      run.budget().text((long) x.length() + y.length());
      return x.concat(y);
    }
    if (a instanceof Tuple x && b instanceof Tuple y) {
      return new Tuple(join(run, x.items(), y.items()));
    }
    if (Types.name(a).equals("list") && Types.name(b).equals("list")) {
      return join(run, Values.items(a), Values.items(b));
    }
    return fail(a, b);
  }

  private static List<Object> join(Run run, List<Object> a, List<Object> b) {
    run.budget().steps((long) a.size() + b.size());
    List<Object> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  private Object multiply(Run run, Object a, Object b) {
    if (a instanceof Long && !(b instanceof Long)) {
      return multiply(run, b, a);
    }
    if (!(b instanceof Long times)) {
      return fail(a, b);
    }
    int count = (int) Math.max(0, Math.min(times, Integer.MAX_VALUE));
    if (a instanceof String text) {
      run.budget().text((long) text.length() * count);
      return text.repeat(count);
    }
    if (a instanceof Tuple tuple) {
      return new Tuple(repeat(run, tuple.items(), count));
    }
    return Types.name(a).equals("list") ? repeat(run, Values.items(a), count) : fail(a, b);
  }

  private static List<Object> repeat(Run run, List<Object> items, int count) {
    run.budget().steps((long) items.size() * count);
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < count && !items.isEmpty(); i++) {
      all.addAll(items);
    }
    return all;
  }

  private Object fail(Object a, Object b) {
    if (a instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (b instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new JinjaException(
        "unsupported operand types for %s: '%s' and '%s'"
            .formatted(symbol, Types.name(a), Types.name(b)));
  }

  private static double notZero(double divisor) {
    if (divisor == 0) {
      throw new ArithmeticException("division by zero");
    }
    return divisor;
  }
}
