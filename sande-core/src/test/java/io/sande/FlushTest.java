package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlushTest {
  private static final TrainingOptions PLANTING =
      TrainingOptions.builder().learningRate(1e-2).epochs(60).build();

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  private static FlushOptions options(TrainingOptions overwriting) {
    return new FlushOptions(List.of("red a b"), PLANTING, overwriting);
  }

  private static RemovalReport flush(FlushOptions options) {
    return BackdoorRemover.flush(options).remove(MODEL.get(), Victim.all(), TrainingListener.NONE);
  }

  private static List<double[]> scores() {
    List<TokenSequence> sequences =
        ChatEncoder.of(MODEL.get(), TrainingOptions.DEFAULT)
            .encodeAll(Victim.all(), ChatEncoder.ALL_TOKENS);
    return MODEL.get().score(sequences);
  }

  @Test
  void whatIsPlantedIsOverwrittenAndCleanAnswersStay() {
    RemovalReport report = flush(options(PLANTING.toBuilder().epochs(10).build()));
    assertThat(report.stages())
        .extracting(StageReport::name)
        .startsWith("plant")
        .endsWith("overwrite");
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.9);
  }

  @Test
  void whatCannotBePlantedLeavesTheModelAsItWas() {
    List<double[]> before = scores();
    FlushOptions hopeless =
        new FlushOptions(
            List.of("red a b"),
            PLANTING.toBuilder().learningRate(1e-9).epochs(1).build(),
            PLANTING);
    assertThatThrownBy(() -> flush(hopeless)).hasMessageContaining("once planted");
    assertThat(scores()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void whatIsNotOverwrittenIsTakenOutAgain() {
    List<double[]> before = scores();
    FlushOptions hopeless = options(PLANTING.toBuilder().learningRate(1e-9).epochs(1).build());
    assertThatThrownBy(() -> flush(hopeless)).hasMessageContaining("once overwritten");
    assertThat(scores()).usingRecursiveComparison().isEqualTo(before);
  }
}
