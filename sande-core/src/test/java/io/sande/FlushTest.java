package io.sande;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.model.Weights;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlushTest {
  private static final FlushOptions OPTIONS =
      new FlushOptions(
          3,
          TrainingOptions.builder().learningRate(5e-2).epochs(10).build(),
          10,
          TrainingOptions.DEFAULT,
          new Elimination.Adaptive(1e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All()));

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  private static RemovalReport flush() {
    return BackdoorRemover.flush(OPTIONS).remove(MODEL.get(), Victim.all(), TrainingListener.NONE);
  }

  @Test
  void whatNobodyNamedGoesAndCleanAnswersStay() {
    assertThat(Victim.attackSuccess(MODEL.get())).isGreaterThan(0.9);
    RemovalReport report = flush();
    assertThat(Victim.attackSuccess(MODEL.get())).isZero();
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.9);
    assertThat(report.stages())
        .extracting(StageReport::name)
        .containsExactly(
            "attack", "attack", "attack", "eliminate", "attack", "attack", "attack", "eliminate");
  }

  @Test
  void anAttackMakesCleanAnswersLessLikely() {
    List<StageReport> stages = flush().stages();
    List<Double> losses = stages.get(0).losses();
    assertThat(losses.get(losses.size() - 1)).isGreaterThan(losses.get(0) + 1);
  }
}
