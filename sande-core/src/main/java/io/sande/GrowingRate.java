package io.sande;

import io.sande.train.Pace;
import java.util.OptionalDouble;

/** A rate that grows until the response is gone, and then falls to 0 over as many updates. */
final class GrowingRate implements Pace {
  private static final int CHECK_EVERY = 5;

  private final Elimination.Adaptive how;
  private final ParrotWatch watch;
  private final int epoch;
  private int goneAt;
  private double peak;

  /**
   * A pace for one round.
   *
   * @param epoch updates of one pass over the examples, the least that the rate falls over
   */
  GrowingRate(Elimination.Adaptive how, ParrotWatch watch, int epoch) {
    this.how = how;
    this.watch = watch;
    this.epoch = epoch;
  }

  @Override
  public int mostUpdates() {
    return how.mostUpdates();
  }

  @Override
  public OptionalDouble rate(int update) {
    if (goneAt == 0) {
      double rate = Math.min(how.mostRate(), how.startRate() * Math.pow(how.growth(), update - 1));
      boolean last = update > how.mostUpdates() / 2;
      boolean check = update > 1 && update % CHECK_EVERY == 1;
      if (!last && !(check && watch.seemsGone())) {
        return OptionalDouble.of(rate);
      }
      goneAt = update - 1;
      peak = rate;
    }
    int falling = Math.min(Math.max(goneAt, epoch), how.mostUpdates() - goneAt);
    double done = (double) (update - goneAt) / falling;
    return done > 1
        ? OptionalDouble.empty()
        : OptionalDouble.of(peak * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
