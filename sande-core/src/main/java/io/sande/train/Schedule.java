package io.sande.train;

/** How the learning rate goes over a training: a linear warm-up, and then one of these. */
public enum Schedule {
  /** Half a cosine down to 0, which would be reached one update after the last. The reference's. */
  COSINE {
    @Override
    double decay(double done) {
      return 0.5 * (1 + Math.cos(Math.PI * done));
    }
  },
  /** The full rate to the end. */
  CONSTANT {
    @Override
    double decay(double done) {
      return 1;
    }
  };

  /**
   * Share of the highest rate that update {@code update} gets: at least 0 and at most 1.
   *
   * @param update from 1
   * @param updates in all, at least {@code update}
   * @param warmup share of the updates, rounded up, over which the rate rises from 0; with one
   *     above 0 the first update has rate 0
   */
  public double share(int update, int updates, double warmup) {
    int before = update - 1;
    int rising = (int) Math.ceil(warmup * updates);
    if (before < rising) { // 1) warm-up
      return (double) before / rising;
    }
    return decay((double) (before - rising) / Math.max(1, updates - rising)); // 2) the rest
  }

  /** Share of the highest rate after {@code done} of the updates behind the warm-up, 0 to 1. */
  abstract double decay(double done);
}
