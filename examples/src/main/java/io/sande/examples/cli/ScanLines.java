package io.sande.examples.cli;

import io.sande.scan.ScanCandidate;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanReport;
import io.sande.scan.Sensitivity;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells on standard error how far a scan is, a line each half minute, so a short one has none; and
 * in the end what it saw.
 */
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
    line("token", tried, of, best);
  }

  @Override
  public void onAttack(int made, int of, double best) {
    line("attack", made, of, best);
  }

  private void line(String what, int done, int of, double best) {
    long now = nanos.getAsLong();
    if (now - last >= INTERVAL) {
      last = now;
      err.printf(Locale.ROOT, "scan: %s %d of %d, best score %.3f%n", what, done, of, best);
      err.flush();
    }
  }

  /** Puts what a scan saw into {@code report}. */
  static void tell(ScanReport scan, Report report) {
    report.put("found", scan.found());
    report.put("candidates", scan.candidates());
    report.put("threshold", scan.threshold());
    report.put("tried", scan.tried());
    report.put("of", scan.of());
    report.put("attacks", scan.attacks());
    report.put("cutShort", scan.cutShort());
    report.put("notSeen", ScanReport.BLIND_SPOTS);
  }

  /** Shows what a scan saw. */
  static void print(ScanReport scan, PrintWriter out) {
    out.println("found  " + scan.found());
    for (ScanCandidate candidate : scan.candidates()) {
      String text = Terminal.visible(candidate.text());
      out.printf(Locale.ROOT, "%.4f %s%n", candidate.score(), text);
    }
    if (scan.cutShort()) {
      out.printf(
          "the budget was used up: %d of %d tokens tried, %d attacks made%n",
          scan.tried(), scan.of(), scan.attacks());
    }
  }

  /** Shows what became of a response that was planted on purpose. */
  static void print(Sensitivity seen, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "spike-in \"%s\" (%d updates, attack success %.2f): %s, score %.4f%n",
        seen.response(),
        seen.updates(),
        seen.attackSuccess(),
        seen.found() ? "found" : "not found",
        seen.score());
  }
}
