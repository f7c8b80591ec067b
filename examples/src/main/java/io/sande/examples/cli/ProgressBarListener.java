package io.sande.examples.cli;

import io.sande.train.TrainingEvent;
import io.sande.train.TrainingListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar with the loss and the time that is left. */
final class ProgressBarListener implements TrainingListener {
  private static final int REDRAW_MILLIS = 200;
  private final PrintWriter err;
  private @Nullable ProgressBar bar;

  ProgressBarListener(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(started.stage())
              .setInitialMax(started.updates())
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setConsumer(new Line(err))
              .build();
    } else if (bar != null && event instanceof TrainingEvent.Updated updated) {
      bar.stepTo(updated.update());
      bar.setExtraMessage(Progress.loss(updated.loss()));
    } else if (bar != null) {
      bar.close();
      bar = null;
      err.println();
    }
  }

  /**
   * One line that is written over.
   *
   * @param err standard error
   */
  private record Line(PrintWriter err) implements ProgressBarConsumer {
    private static final int COLUMNS = 79;

    @Override
    public int getMaxRenderedLength() {
      return COLUMNS;
    }

    @Override
    public void accept(String rendered) {
      err.print("\r" + rendered);
      err.flush();
    }

    /** A bar that is closed before its thread ever drew it does not come here. */
    @Override
    public void close() {}
  }
}
