package io.sande.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.model.AdamW;
import io.sande.model.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOptionsTest {
  @Test
  void theDefaultsAreTheReferences() {
    assertThat(TrainingOptions.DEFAULT)
        .isEqualTo(
            new TrainingOptions(
                5e-6,
                Schedule.COSINE,
                0.03,
                1,
                4,
                100,
                1024,
                new AdamW(0.9, 0.95, 1e-8, 0, 1),
                new Weights.All(),
                Order.SHUFFLED,
                42));
  }

  @Test
  void aBuilderOfOptionsStartsFromAllOfThem() {
    TrainingOptions options =
        new TrainingOptions(
            1e-3,
            Schedule.CONSTANT,
            0,
            2,
            3,
            5,
            7,
            new AdamW(0.1, 0.2, 1e-7, 0.1, 2),
            Weights.Lora.ofRank(8, 1),
            Order.GIVEN,
            9);
    assertThat(options.toBuilder().build()).isEqualTo(options);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1, 1, 1, 2, learningRate must be positive but was 0.0",
    "NaN, 0, 1, 1, 1, 2, learningRate must be positive but was NaN",
    "1, 1, 1, 1, 1, 2, warmup must be at least 0 and below 1 but was 1.0",
    "1, 0, 0, 1, 1, 2, epochs must be positive but was 0",
    "1, 0, 1, 0, 1, 2, batchSize must be positive but was 0",
    "1, 0, 1, 1, 0, 2, samples must be positive but was 0",
    "1, 0, 1, 1, 1, 1, maxLength must be at least 2 but was 1",
  })
  void aBadValueIsRefusedByName(
      double rate, double warmup, int epochs, int batch, int samples, int length, String message) {
    TrainingOptions.Builder builder =
        TrainingOptions.builder()
            .learningRate(rate)
            .warmup(warmup)
            .epochs(epochs)
            .batchSize(batch)
            .samples(samples)
            .maxLength(length);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
