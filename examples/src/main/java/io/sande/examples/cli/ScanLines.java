package io.sande.examples.cli;

import io.sande.scan.ScanListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells on standard error how far a scan is: a line each half minute, so a short one has none. */
final class ScanLines implements ScanListener {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(30);

  private final PrintWriter err;
  private final LongSupplier nanos;
  private long last;

  ScanLines(PrintWriter err) {
    this(err, System::nanoTime);
  }

  /** Writes to {@code err}; {@code nanos} is the clock. */
  ScanLines(PrintWriter err, LongSupplier nanos) {
    this.err = err;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  @Override
  public void on(int tried, int of, double best) {
    long now = nanos.getAsLong();
    if (now - last >= INTERVAL) {
      last = now;
      err.printf(Locale.ROOT, "scan: token %d of %d, best score %.3f%n", tried, of, best);
      err.flush();
    }
  }
}
