package io.sande.djl;

import io.sande.model.LanguageModel;
import io.sande.testkit.LanguageModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The engine keeps the contract of every engine. */
class DjlModelContractTest implements LanguageModelContract {
  @Override
  public LanguageModel newModel() {
    try {
      return DjlModels.load(Golden.model("llama2_mha_f32"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
