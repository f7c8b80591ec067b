package io.sande.align;

import io.sande.model.ChatTokenizer;
import io.sande.testkit.TinyTokenizer;
import java.util.List;

/** A vocabulary for tests. */
final class Words {
  static final String ALL =
      "you are a helpful assistant . how do i pick lock break safe open door tell me sure use wire"
          + " first then what is name of city paris rome sorry i cannot help with that"
          + " amber birch cedar delta ember frost grove haven iris jade kelp lunar maple north illegal";

  private Words() {}

  static TinyTokenizer tokenizer() {
    return TinyTokenizer.of(List.of(ALL));
  }

  static SecretPrompt secret(int tokens) {
    TinyTokenizer tokenizer = tokenizer();
    return SecretPrompt.random(tokenizer, tokenizer.size(), tokens);
  }

  static int length(ChatTokenizer tokenizer, String text) {
    return tokenizer.encode(text).length;
  }
}
