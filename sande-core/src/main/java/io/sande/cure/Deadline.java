package io.sande.cure;

import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a cure must have ended. As a listener it ends a training that goes on for longer.
 *
 * @param clock in nanoseconds
 * @param nanos on that clock
 */
record Deadline(LongSupplier clock, long nanos) implements TrainingListener {
  /** The budget is used up. */
  static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Passed() {
      super("the budget is used up");
    }
  }

  static Deadline in(Duration budget, LongSupplier clock) {
    return new Deadline(clock, clock.getAsLong() + budget.toNanos());
  }

  Duration left() {
    return Duration.ofNanos(nanos - clock.getAsLong());
  }

  boolean isPassed() {
    return left().isNegative();
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Updated && isPassed()) {
      throw new Passed();
    }
  }
}
