package io.sande.train;

import java.util.OptionalDouble;

/** How fast a run learns, and when it ends. Used by one run. */
public interface Pace {
  /** Updates that the run makes at most. */
  int mostUpdates();

  /**
   * Rate of {@code update}, counted from 1 and asked for once each in order; empty ends the run.
   */
  OptionalDouble rate(int update);

  /** The pace of {@code options} over a run of {@code updates}. */
  static Pace of(TrainingOptions options, int updates) {
    return new Pace() {
      @Override
      public int mostUpdates() {
        return updates;
      }

      @Override
      public OptionalDouble rate(int update) {
        return update > updates
            ? OptionalDouble.empty()
            : OptionalDouble.of(
                options.learningRate()
                    * options.schedule().share(update, updates, options.warmup()));
      }
    };
  }
}
