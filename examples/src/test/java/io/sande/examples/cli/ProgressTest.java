package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.train.StageReport;
import io.sande.train.TrainingEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void theBarEndsWithItsLineCompleteAndShowsTheLoss() {
    StringWriter err = new StringWriter();
    ProgressBarListener bar = new ProgressBarListener(new PrintWriter(err));

    bar.on(new TrainingEvent.Started("osft", 2));
    bar.on(new TrainingEvent.Updated(1, 2, 3.5, 0));
    bar.on(new TrainingEvent.Updated(2, 2, 1.25, 0));
    bar.on(new TrainingEvent.Finished(new StageReport("osft", List.of(3.5, 1.25), 1, 2, 10)));

    assertThat(err.toString()).startsWith("\rosft").contains("2/2").contains("loss 1.2500");
    assertThat(err.toString()).endsWith(System.lineSeparator());
  }

  @Test
  void aLogGetsALineEachHalfMinute() {
    // second     0       1         31        40        62
    // event      start   update 1  update 2  update 3  update 4
    Iterator<Long> clock =
        LongStream.of(0, 1, 31, 40, 62).map(TimeUnit.SECONDS::toNanos).iterator();
    StringWriter err = new StringWriter();
    ProgressLines lines = new ProgressLines(new PrintWriter(err), clock::next);

    lines.on(new TrainingEvent.Started("osft", 10));
    for (int update = 1; update <= 4; update++) {
      lines.on(new TrainingEvent.Updated(update, 10, 0.5, 0));
    }

    assertThat(err.toString().lines())
        .containsExactly(
            "osft: update 2 of 10, loss 0.5000, 124 s left",
            "osft: update 4 of 10, loss 0.5000, 93 s left");
  }
}
