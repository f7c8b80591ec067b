package io.sande.examples.cli;

import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Shows how a training goes on standard error: a bar on a terminal, else about ten lines. */
final class Progress {
  private Progress() {}

  static TrainingListener on(PrintWriter err) {
    return Terminal.isError() ? new ProgressBarListener(err) : new Lines(err);
  }

  static String loss(double loss) {
    return String.format(Locale.ROOT, "loss %.4f", loss);
  }

  /** A line each time another tenth is done. */
  private static final class Lines implements TrainingListener {
    private final PrintWriter err;
    private String stage = "";
    private long start;

    Lines(PrintWriter err) {
      this.err = err;
    }

    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Started started) {
        stage = started.stage();
        start = System.nanoTime();
      } else if (event instanceof TrainingEvent.Updated updated && isTenth(updated)) {
        err.printf(
            Locale.ROOT,
            "%s: update %d of %d, %s, %d s left%n",
            stage,
            updated.update(),
            updated.updates(),
            loss(updated.loss()),
            secondsLeft(updated));
        err.flush();
      }
    }

    private static boolean isTenth(TrainingEvent.Updated updated) {
      long done = 10L * updated.update() / updated.updates();
      return done > 10L * (updated.update() - 1) / updated.updates();
    }

    private long secondsLeft(TrainingEvent.Updated updated) {
      long nanos = System.nanoTime() - start;
      int left = updated.updates() - updated.update();
      return TimeUnit.NANOSECONDS.toSeconds(nanos / updated.update() * left);
    }
  }
}
