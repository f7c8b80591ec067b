package io.sande.align;

import com.google.common.base.Throwables;
import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.data.Message.Role;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text that only the provider knows. Its {@code toString()} says nothing, and it is not
 * serializable.
 *
 * <p>Closing overwrites the characters kept here; later use throws {@link IllegalStateException}.
 * Rendering and tokenizing make strings of it, which stay in memory until they are collected: who
 * can read the heap can read the secret. Thread-safe.
 */
public final class SecretPrompt implements AutoCloseable {
  /** Tokens of a secret (reference: 150). */
  public static final int TOKENS = 150;

  /** Characters of a secret in a row that a text must not have. */
  private static final int QUOTE = 12;

  private final char[] text;
  private boolean closed;

  private SecretPrompt(char[] text) {
    this.text = text;
  }

  /** The user's own secret, without white space around it; not blank. */
  public static SecretPrompt of(CharSequence text) {
    String stripped = text.toString().strip();
    Check.that(!stripped.isEmpty(), "secret", "a text with visible characters", "blank");
    return new SecretPrompt(stripped.toCharArray());
  }

  /**
   * Random tokens of a vocabulary: plain text without special tokens, which the tokenizer takes
   * apart into exactly {@code tokens} tokens and puts together again.
   *
   * @param vocabularySize V; ids are drawn below it
   * @param tokens at least 1 ({@value #TOKENS})
   * @throws IllegalStateException if the vocabulary has too little plain text
   */
  public static SecretPrompt random(ChatTokenizer tokenizer, int vocabularySize, int tokens) {
    Check.positive("vocabularySize", vocabularySize);
    Check.positive("tokens", tokens);
    return of(new RandomText(tokenizer, vocabularySize, new SecureRandom()).draw(tokens));
  }

  /** The text, for a service that trains or serves elsewhere. Keep it out of logs. */
  public synchronized String reveal() {
    if (closed) {
      throw new IllegalStateException("the secret is closed");
    }
    return new String(text);
  }

  /** The same conversation with the secret and a space before its system prompt. */
  public Conversation before(Conversation conversation) {
    List<Message> turns = new ArrayList<>(conversation.messages());
    if (turns.get(0).role() == Role.SYSTEM) {
      turns.set(0, Message.system(reveal() + " " + turns.get(0).content()));
    } else {
      turns.add(0, Message.system(reveal()));
    }
    return new Conversation(turns);
  }

  /** Whether {@code candidate} is the secret; takes as long whatever the answer. */
  public boolean matches(CharSequence candidate) {
    return MessageDigest.isEqual(utf8(reveal()), utf8(candidate));
  }

  private static byte[] utf8(CharSequence chars) {
    return StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars)).array();
  }

  /** Whether a piece of the secret stands in {@code other}. */
  boolean isQuotedIn(String other) {
    String secret = reveal();
    int length = Math.min(QUOTE, secret.length());
    for (int i = 0; i + length <= secret.length(); i++) {
      if (other.contains(secret.substring(i, i + length))) {
        return true;
      }
    }
    return false;
  }

  /**
   * What can be thrown in the place of {@code e}: itself, unless it or a cause quotes the secret.
   */
  IllegalArgumentException withoutSecret(IllegalArgumentException e) {
    return Throwables.getCausalChain(e).stream().anyMatch(t -> isQuotedIn(t.toString()))
        ? new IllegalArgumentException("the chat template refuses it; its reason quotes the secret")
        : e;
  }

  @Override
  public String toString() {
    return "SecretPrompt[redacted]";
  }

  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(text, ' ');
  }
}
