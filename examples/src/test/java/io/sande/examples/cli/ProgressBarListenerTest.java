package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.train.StageReport;
import io.sande.train.TrainingEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarListenerTest {
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
}
