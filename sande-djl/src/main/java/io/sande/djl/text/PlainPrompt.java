package io.sande.djl.text;

import io.sande.data.Message;
import java.util.List;
import java.util.stream.Collectors;

/** How turns read where a checkpoint has no chat template. */
final class PlainPrompt {
  private PlainPrompt() {}

  /**
   * A system turn and a newline; a user turn as {@code "Human: {content}\nAssistant: "}, which also
   * opens the answer; an answer and the end of text.
   */
  static String render(List<Message> messages, String endOfText) {
    return messages.stream().map(message -> turn(message, endOfText)).collect(Collectors.joining());
  }

  private static String turn(Message message, String endOfText) {
    return switch (message.role()) {
      case SYSTEM -> message.content() + "\n";
      case USER -> "Human: " + message.content() + "\nAssistant: ";
      case ASSISTANT -> message.content() + endOfText;
    };
  }
}
