package io.sande.internal.budget;

import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When some work must have ended. As a listener it ends a training that goes on for longer.
 *
 * @param clock in nanoseconds
 * @param nanos on that clock
 */
public record Deadline(LongSupplier clock, long nanos) implements TrainingListener {
  /** The budget is used up. */
  public static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Thrown by whoever looks at the clock. */
    public Passed() {
      super("the budget is used up");
    }
  }

  /** From now on. */
  public static Deadline in(Duration budget, LongSupplier clock) {
    return new Deadline(clock, clock.getAsLong() + budget.toNanos());
  }

  /** Negative once it has passed. */
  public Duration left() {
    return Duration.ofNanos(nanos - clock.getAsLong());
  }

  /** Whether there is no time left. */
  public boolean isPassed() {
    return left().isNegative();
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Updated && isPassed()) {
      throw new Passed();
    }
  }
}
