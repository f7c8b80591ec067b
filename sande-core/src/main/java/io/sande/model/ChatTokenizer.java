package io.sande.model;

import io.sande.data.Message;
import java.util.List;

/** Turns chats into text and text into token ids, as the checkpoint says. Thread-safe. */
public interface ChatTokenizer {
  /**
   * Renders turns with the checkpoint's chat template; where it has none, a user turn is {@code
   * "Human: {content}\nAssistant: "} and an answer stands as it is, followed by the end of text.
   *
   * @param generationPrompt whether the text that opens an answer is added at the end
   * @throws IllegalArgumentException if the template refuses these turns; the message has its
   *     reason
   */
  String render(List<Message> messages, boolean generationPrompt);

  /** Ids of {@code text} as it stands: nothing is added, special tokens written in it are found. */
  int[] encode(String text);

  /** Text of {@code ids} without special tokens. */
  String decode(int[] ids);

  /** The token that ends an answer, as text. */
  String endOfText();

  /** The id of {@link #endOfText()}. */
  int endOfTextId();

  /** Whether {@code id} is a control token that {@link #decode} leaves out. */
  boolean isSpecial(int id);
}
