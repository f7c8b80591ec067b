package io.sande;

import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
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
