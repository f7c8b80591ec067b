package io.sande.examples.cli;

import io.sande.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows how a training goes on standard error: a bar on a terminal, else a line now and then. */
final class Progress {
  private Progress() {}

  static TrainingListener on(PrintWriter err) {
    return Terminal.isError()
        ? new ProgressBarListener(err)
        : new ProgressLines(err, System::nanoTime);
  }

  static String loss(double loss) {
    return String.format(Locale.ROOT, "loss %.4f", loss);
  }
}
