package io.sande.data;

import java.util.Locale;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said; may be empty
 */
public record Message(Role role, String content) {
  /** Who speaks; data files write these names in lower case. */
  public enum Role {
    /** Instructions of the application. */
    SYSTEM,
    /** The person that asks. */
    USER,
    /** The model. */
    ASSISTANT;

    /** The name that data files and chat templates use. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A system prompt. */
  public static Message system(String content) {
    return new Message(Role.SYSTEM, content);
  }

  /** A request. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  /** An answer. */
  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }
}
