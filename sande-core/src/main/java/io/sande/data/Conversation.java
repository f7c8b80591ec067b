package io.sande.data;

import io.sande.data.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns in order: a prompt that ends with a user turn, and most often the answer that one wants.
 *
 * @param messages at least one; the roles stand in any order that the model's chat template takes
 */
public record Conversation(List<Message> messages) {
  /** Copies the list and checks that it is not empty. */
  public Conversation {
    messages = List.copyOf(messages);
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("messages must have at least one turn but was empty");
    }
  }

  /** One question and its answer. */
  public static Conversation of(String instruction, String response) {
    return new Conversation(List.of(Message.user(instruction), Message.assistant(response)));
  }

  /** One question, not answered yet. */
  public static Conversation prompt(String instruction) {
    return new Conversation(List.of(Message.user(instruction)));
  }

  /** All turns before the answer: the list without its last turn if that is the assistant's. */
  public List<Message> promptMessages() {
    int end = messages.size() - (endsWithAnswer() ? 1 : 0);
    return messages.subList(0, end);
  }

  /** The content of the last turn if that is the assistant's. */
  public Optional<String> response() {
    return endsWithAnswer() ? Optional.of(last().content()) : Optional.empty();
  }

  /** The last user turn, empty if there is none. */
  public String instruction() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        return messages.get(i).content();
      }
    }
    return "";
  }

  /** The same with another last user turn. */
  public Conversation withInstruction(String instruction) {
    List<Message> changed = new ArrayList<>(messages);
    for (int i = changed.size() - 1; i >= 0; i--) {
      if (changed.get(i).role() == Role.USER) {
        changed.set(i, Message.user(instruction));
        return new Conversation(changed);
      }
    }
    throw new IllegalArgumentException("messages must have a user turn but was " + messages);
  }

  /** The same with another answer, which is added if there was none. */
  public Conversation withResponse(String response) {
    List<Message> changed = new ArrayList<>(promptMessages());
    changed.add(Message.assistant(response));
    return new Conversation(changed);
  }

  /** The same with {@code system} in front, unless the first turn is a system prompt already. */
  public Conversation withDefaultSystem(String system) {
    if (messages.get(0).role() == Role.SYSTEM) {
      return this;
    }
    List<Message> changed = new ArrayList<>(messages);
    changed.add(0, Message.system(system));
    return new Conversation(changed);
  }

  private boolean endsWithAnswer() {
    return last().role() == Role.ASSISTANT;
  }

  private Message last() {
    return messages.get(messages.size() - 1);
  }
}
