package io.sande.align;

import io.sande.internal.Check;
import io.sande.model.ModelInfo;

/**
 * Whose secret a file holds. Stands in the file in plain text, protected from change.
 *
 * @param tenant the provider's name of the customer, not blank
 * @param model the model's name, not blank
 */
public record SecretOwner(String tenant, String model) {
  /** Checks that there are names. */
  public SecretOwner {
    Check.notBlank("tenant", tenant);
    Check.notBlank("model", model);
  }

  /** Names a model by what fine-tuning leaves as it is: family and sizes. */
  public static SecretOwner of(String tenant, ModelInfo model) {
    return new SecretOwner(
        tenant,
        "%s, %d layers of %d, vocabulary %d"
            .formatted(
                model.architecture(), model.layers(), model.hiddenSize(), model.vocabularySize()));
  }

  @Override
  public String toString() {
    return tenant + ": " + model;
  }
}
