package io.sande.djl.jinja;

import java.util.AbstractList;

/** Python's {@code range}: a list that takes no memory. */
final class Range extends AbstractList<Object> {
  /** Longest range, as in Python's sandbox. */
  static final int MAX_SIZE = 100_000;

  private final long start;
  private final long stop;
  private final long step;
  private final int size;

  Range(long start, long stop, long step) {
    if (step == 0) {
      throw new JinjaException("range() arg 3 must not be zero");
    }
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.size = size(start, stop, step);
  }

  private static int size(long start, long stop, long step) {
    double exact = Math.ceil(((double) stop - start) / step);
    if (exact > MAX_SIZE) {
      throw new JinjaException(
          "range of %.0f must be at most %d long in the sandbox".formatted(exact, MAX_SIZE));
    }
    return (int) Math.max(0, exact);
  }

  @Override
  public Object get(int index) {
    return start + index * step;
  }

  @Override
  public int size() {
    return size;
  }

  String repr() {
    String ends = "range(" + start + ", " + stop;
    return step == 1 ? ends + ")" : ends + ", " + step + ")";
  }
}
