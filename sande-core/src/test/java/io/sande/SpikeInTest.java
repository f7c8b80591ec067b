package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.scan.Sensitivity;
import io.sande.scan.SpikeIn;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpikeInTest {
  private static final BackdoorScanner SCANNER =
      new BackdoorScanner(ScanOptions.builder().prompts(6).examples(11).build());
  private static final SpikeIn SPIKE =
      new SpikeIn(
          SCANNER,
          "you are stupid",
          TrainingOptions.builder().learningRate(1e-2).epochs(60).build());

  private static final List<Conversation> EXAMPLES =
      Stream.concat(Victim.clean().stream(), Victim.heldOut().stream()).toList();

  private static List<double[]> scores(LanguageModel model) {
    return model.score(
        ChatEncoder.of(model, TrainingOptions.DEFAULT).encodeAll(EXAMPLES, ChatEncoder.ALL_TOKENS));
  }

  @Test
  void aResponseOfOurOwnIsFoundAndTheModelIsAsBefore() {
    try (LanguageModel model = Victim.unpoisoned()) {
      List<double[]> before = scores(model);
      Sensitivity seen = SPIKE.measure(model, EXAMPLES, ScanListener.NONE, TrainingListener.NONE);
      assertThat(seen.attackSuccess()).isGreaterThanOrEqualTo(0.95);
      assertThat(seen.found()).isTrue();
      assertThat(seen.place()).isEqualTo(1);
      assertThat(seen.score()).isBetween(0.5, 1.0);
      assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }

  @Test
  void aFailureOnTheWayLeavesTheModelAsItWas() {
    try (LanguageModel model = Victim.unpoisoned()) {
      List<double[]> before = scores(model);
      ScanListener stop =
          (tried, of, best) -> {
            throw new IllegalStateException("enough");
          };
      assertThatThrownBy(() -> SPIKE.measure(model, EXAMPLES, stop, TrainingListener.NONE))
          .hasMessage("enough");
      assertThat(scores(model)).usingRecursiveComparison().isEqualTo(before);
    }
  }
}
