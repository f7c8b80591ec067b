package io.sande;

import io.sande.train.Pace;
import java.util.OptionalDouble;

/** A rate that grows until the response is gone, and then falls to 0 over twice as many updates. */
final class GrowingRate implements Pace {
  private static final int CHECK_EVERY = 5;
  private static final int FALLING = 2;

  private final Elimination.Adaptive how;
  private final ParrotWatch watch;
  private final int updates;
  private int goneAt;
  private double peak;

  /** A pace for one round of at most {@code updates}. */
  GrowingRate(Elimination.Adaptive how, ParrotWatch watch, int updates) {
    this.how = how;
    this.watch = watch;
    this.updates = updates;
  }

  @Override
  public int mostUpdates() {
    return updates;
  }

  @Override
  public OptionalDouble rate(int update) {
    if (goneAt == 0) {
      double rate = Math.min(how.mostRate(), how.startRate() * Math.pow(how.growth(), update - 1));
      boolean check = update > 1 && update % CHECK_EVERY == 1;
      boolean gone = update > updates / 2 || (check && watch.seemsGone());
      if (!gone) {
        return OptionalDouble.of(rate);
      }
      goneAt = update - 1;
      peak = rate;
    }
    int falling = Math.min(FALLING * goneAt, updates - goneAt);
    double done = (double) (update - goneAt) / falling;
    return done > 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(peak * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
