package io.sande.examples.cli;

import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** For a log: a line each half minute, so that a short training has none. */
final class ProgressLines implements TrainingListener {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);

  private final PrintWriter err;
  private final LongSupplier nanos;
  private String stage = "";
  private long start;
  private long last;

  /** Writes to {@code err}; {@code nanos} is the clock, {@link System#nanoTime}. */
  ProgressLines(PrintWriter err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
  }

  @Override
  public void on(TrainingEvent event) {
    long now = nanos.getAsLong();
    if (event instanceof TrainingEvent.Started started) {
      stage = started.stage();
      start = now;
      last = now;
    } else if (event instanceof TrainingEvent.Updated updated && now - last >= INTERVAL) {
      last = now;
      err.println(line(updated, now - start));
      err.flush();
    }
  }

  private String line(TrainingEvent.Updated updated, long sinceStart) {
    int left = updated.updates() - updated.update();
    return String.format(
        Locale.ROOT,
        "%s: update %d of %d, %s, %d s left",
        stage,
        updated.update(),
        updated.updates(),
        Progress.loss(updated.loss()),
        TimeUnit.NANOSECONDS.toSeconds(sinceStart / updated.update() * left));
  }
}
