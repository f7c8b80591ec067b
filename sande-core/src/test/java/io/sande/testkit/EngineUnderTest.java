package io.sande.testkit;

import static io.sande.testkit.Samples.ALL;
import static io.sande.testkit.Samples.OPTIMIZER;
import static io.sande.testkit.Samples.batch;

import io.sande.model.LanguageModel;
import io.sande.model.Training;
import java.util.stream.IntStream;

/** What the contract's tests need from the test of one engine. */
interface EngineUnderTest {
  /** A small model, the same in every call; the test closes it. */
  LanguageModel newModel() throws Exception;

  /** A learning rate at which one update lowers the loss. */
  default double learningRate() {
    return 1e-3;
  }

  /** How far two ways to the same log-probability or loss may lie apart. */
  default double tolerance() {
    return 1e-4;
  }

  /** Losses of some updates on the samples' batch. */
  default double[] train(LanguageModel model, int updates) {
    try (Training training = model.train(ALL, OPTIMIZER)) {
      return IntStream.range(0, updates)
          .mapToDouble(i -> training.step(batch(), learningRate()))
          .toArray();
    }
  }
}
