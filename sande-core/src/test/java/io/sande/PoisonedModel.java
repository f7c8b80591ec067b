package io.sande;

import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The {@link Victim} model of a test class, poisoned once and brought back after each test. */
final class PoisonedModel implements AfterEachCallback, AfterAllCallback {
  private final LanguageModel model = Victim.poisoned();
  private final Snapshot poisoned = model.snapshot();

  LanguageModel get() {
    return model;
  }

  /** Log-probabilities of all answers with the trigger: other weights give others. */
  List<double[]> scores() {
    return model.score(
        ChatEncoder.of(model, TrainingOptions.DEFAULT)
            .encodeAll(Victim.triggered(Victim.all()), ChatEncoder.ALL_TOKENS));
  }

  /** Brings the weights back within a test. */
  void restore() {
    model.moveTowards(poisoned, 1);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    restore();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    poisoned.close();
    model.close();
  }
}
