package io.sande.align;

import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.testkit.AnsweringModel;
import java.util.Arrays;

/** Models that answer with the tokens of their prompt, some of the system prompt's left out. */
final class Telling {
  private Telling() {}

  /** Leaves out the first {@code left} tokens of the system prompt. */
  static LanguageModel model(int left) {
    return model(Words.tokenizer(), left);
  }

  static LanguageModel model(ChatTokenizer tokenizer, int left) {
    return new AnsweringModel(
        new ModelInfo("telling", 0, 1, 1, Words.tokenizer().size(), 400, "float32"),
        tokenizer,
        prompt -> Arrays.copyOfRange(prompt, 1 + left, prompt.length));
  }
}
