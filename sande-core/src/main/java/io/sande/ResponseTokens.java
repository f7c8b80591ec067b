package io.sande;

import io.sande.data.Conversation;
import io.sande.model.ChatTokenizer;
import io.sande.train.ChatEncoder;

/** How many tokens a response has. */
final class ResponseTokens {
  private ResponseTokens() {}

  /**
   * Tokens of {@code response} where it stands as an answer, its end not counted; at least 1. Alone
   * it may have more: a chat template puts a space in front, and most words are one token only
   * then.
   */
  static int count(ChatTokenizer tokenizer, String response) {
    ChatEncoder encoder = new ChatEncoder(tokenizer, Integer.MAX_VALUE);
    Conversation answered = Conversation.of("Hi", response);
    return Math.max(1, encoder.encode(answered, ChatEncoder.ALL_TOKENS).labels().count() - 1);
  }
}
