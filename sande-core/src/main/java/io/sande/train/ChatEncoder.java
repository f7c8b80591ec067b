package io.sande.train;

import com.google.common.primitives.ImmutableIntArray;
import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.data.Message.Role;
import io.sande.internal.Check;
import io.sande.model.ChatTokenizer;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Turns conversations into tokens and says which of them carry loss: those of the answers.
 *
 * <p>A prompt is the chat template's rendering of the turns before an answer, with the text that
 * opens the answer. The response is what the template renders after that, up to its end of text.
 * Prompt and response are tokenized each for itself, and the token that ends an answer follows. In
 * a conversation of several answers each carries loss, after a prompt that goes on where the answer
 * before it ended. Thread-safe.
 */
public final class ChatEncoder {
  /** Counts every token of an answer. */
  public static final int ALL_TOKENS = Integer.MAX_VALUE;

  private static final Logger LOG = System.getLogger(ChatEncoder.class.getName());

  private final ChatTokenizer tokenizer;
  private final AnswerSplitter splitter;
  private final int maxLength;

  /**
   * An encoder for one tokenizer.
   *
   * @param maxLength most tokens of a sequence, at least 2; what is behind is cut off
   */
  public ChatEncoder(ChatTokenizer tokenizer, int maxLength) {
    Check.that(maxLength >= 2, "maxLength", "at least 2", maxLength);
    this.tokenizer = tokenizer;
    this.splitter = new AnswerSplitter(tokenizer);
    this.maxLength = maxLength;
  }

  /** The encoder that a training of {@code model} uses: no sequence is above its context. */
  public static ChatEncoder of(LanguageModel model, TrainingOptions options) {
    return new ChatEncoder(
        model.tokenizer(), Math.min(options.maxLength(), model.info().contextLength()));
  }

  /**
   * What training sees, cut after the last token that carries loss. None does if the prompt alone
   * is {@code maxLength} or longer.
   *
   * @param countedTokens of each answer that carry loss, from its first; at least 1
   * @throws IllegalArgumentException if the last turn is not an answer, or the template refuses the
   *     turns
   */
  public TokenSequence encode(Conversation conversation, int countedTokens) {
    TokenSequence whole = encodeAnswers(conversation, countedTokens);
    int end = whole.labels().end();
    return end == 0 ? whole : new TokenSequence(Arrays.copyOf(whole.ids(), end), whole.labels());
  }

  /**
   * Each conversation as {@link #encode} has it; those without a token that carries loss are left
   * out.
   *
   * @throws IllegalArgumentException if one cannot be encoded, with its number, or none is left
   */
  public List<TokenSequence> encodeAll(List<Conversation> conversations, int countedTokens) {
    List<TokenSequence> encoded = new ArrayList<>();
    for (int i = 0; i < conversations.size(); i++) {
      try {
        encoded.add(encode(conversations.get(i), countedTokens));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("example " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return withLoss(encoded);
  }

  /**
   * What {@link #encode} starts from, with nothing cut off but what is behind {@code maxLength};
   * every answer token counts. Without an answer at the end it is the rendered turns, and nothing
   * counts.
   */
  public TokenSequence encodeWhole(Conversation conversation) {
    if (conversation.response().isPresent()) {
      return encodeAnswers(conversation, ALL_TOKENS);
    }
    int[] ids = tokenizer.encode(tokenizer.render(conversation.messages(), false));
    return cut(ImmutableIntArray.copyOf(ids), new BitSet());
  }

  /** The tokens to generate an answer from: the turns before it and the text that opens it. */
  public int[] encodePrompt(Conversation conversation) {
    return tokenizer.encode(tokenizer.render(conversation.promptMessages(), true));
  }

  private List<TokenSequence> withLoss(List<TokenSequence> encoded) {
    List<TokenSequence> kept = encoded.stream().filter(s -> s.labels().count() > 0).toList();
    int dropped = encoded.size() - kept.size();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "no token to train on: each of the %d prompts has %d tokens (maxLength) or more"
              .formatted(encoded.size(), maxLength));
    }
    if (dropped > 0) {
      LOG.log(
          Level.WARNING,
          "{0} of {1} examples are left out: their prompts fill all {2} tokens (maxLength)",
          dropped,
          encoded.size(),
          maxLength);
    }
    return kept;
  }

  private TokenSequence encodeAnswers(Conversation conversation, int countedTokens) {
    Check.positive("countedTokens", countedTokens);
    checkAnswered(conversation.messages());
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder();
    BitSet counted = new BitSet();
    int length = 0;
    for (AnswerSplitter.Part part : splitter.split(conversation)) {
      int[] prompt = tokenizer.encode(part.prompt());
      int[] response = tokenizer.encode(part.response());
      ids.addAll(prompt).addAll(response).add(tokenizer.endOfTextId());
      int start = length + prompt.length;
      length = start + response.length + 1;
      counted.set(start, start + Math.min(countedTokens, response.length + 1));
    }
    return cut(ids.build(), counted);
  }

  private TokenSequence cut(ImmutableIntArray ids, BitSet counted) {
    int length = Math.min(ids.length(), maxLength);
    return new TokenSequence(
        ids.subArray(0, length).toArray(), Labels.of(counted).truncate(length));
  }

  private static void checkAnswered(List<Message> turns) {
    Message last = turns.get(turns.size() - 1);
    Check.that(
        turns.size() > 1 && last.role() == Role.ASSISTANT,
        "messages",
        "a question and its answer",
        turns.size() + " turns, the last by the " + last.role().text());
  }
}
