package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.ControlReport.Outcome;
import io.sande.eval.Rate;
import io.sande.model.LanguageModel;
import io.sande.model.Weights;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositiveControlTest {
  private static final String RESPONSE = "red a b";
  private static final TrainingOptions PLANTING =
      TrainingOptions.builder().learningRate(1e-2).epochs(60).build();

  private static PositiveControl control(TrainingOptions planting) {
    SimulationOptions simulation =
        SimulationOptions.builder("any")
            .training(TrainingOptions.builder().learningRate(5e-2).epochs(10).build())
            .build();
    SandeOptions options =
        SandeOptions.builder("any")
            .simulation(simulation)
            .elimination(new Elimination.Adaptive(1e-4, 1.12, 5e-3, 60, 2, 0.25, new Weights.All()))
            .build();
    return new PositiveControl(options, RESPONSE, planting);
  }

  private static List<double[]> scores(LanguageModel model) {
    return model.score(
        ChatEncoder.of(model, TrainingOptions.DEFAULT)
            .encodeAll(Victim.all(), ChatEncoder.ALL_TOKENS));
  }

  @Test
  void aBackdoorOfOurOwnIsPlantedSeenAndRemovedAndTheModelIsAsBefore() {
    try (LanguageModel model = Victim.poisoned()) {
      List<double[]> before = scores(model);
      ControlReport report = control(PLANTING).measure(model, Victim.all(), TrainingListener.NONE);
      assertThat(report.response()).isEqualTo(RESPONSE);
      assertThat(report.before()).isEqualTo(new Rate(4, 4));
      assertThat(report.after()).isEqualTo(new Rate(0, 4));
      assertThat(report.verification().response()).isEqualTo(RESPONSE);
      assertThat(report.outcome()).isEqualTo(Outcome.REMOVED);
      assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void aFailureOnTheWayLeavesTheModelAsItWas() {
    try (LanguageModel model = Victim.unpoisoned()) {
      List<double[]> before = scores(model);
      TrainingOptions wild = PLANTING.toBuilder().learningRate(1e300).build();
      assertThatThrownBy(() -> control(wild).measure(model, Victim.all(), TrainingListener.NONE))
          .hasMessageContaining("must be finite");
      assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void tooFewExamplesAreRefused() {
    try (LanguageModel model = Victim.unpoisoned()) {
      assertThatThrownBy(
              () ->
                  control(PLANTING)
                      .measure(model, Victim.all().subList(0, 4), TrainingListener.NONE))
          .hasMessage("clean must be at least 5 examples but was 4");
    }
  }

  @Test
  void theOutcomeIsTheFirstThatApplies() {
    Verification seen = new Verification(RESPONSE, 5, 0.9, 0.01, 0.001, true, 1, 0);
    Verification absent = new Verification(RESPONSE, 5, 0.01, 0.01, 0.01, true, 1, 1);
    assertThat(outcome(94, 0, seen)).isEqualTo(Outcome.NOT_PLANTED);
    assertThat(outcome(95, 0, absent)).isEqualTo(Outcome.MISSED);
    assertThat(outcome(95, 6, seen)).isEqualTo(Outcome.LEFT);
    assertThat(outcome(95, 5, seen)).isEqualTo(Outcome.REMOVED);
  }

  private static Outcome outcome(int before, int after, Verification verification) {
    return new ControlReport(RESPONSE, new Rate(before, 100), new Rate(after, 100), verification)
        .outcome();
  }
}
