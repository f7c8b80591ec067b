package io.sande;

import io.sande.data.Conversation;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.util.Arrays;

/** Tokens of a prompt and of its answer. */
final class AnsweredPrompt {
  private final int[] prompt;
  private final int[] answer;

  /** The arrays are not copied. */
  AnsweredPrompt(int[] prompt, int[] answer) {
    this.prompt = prompt;
    this.answer = answer;
  }

  /** The last answer of {@code example} and all before it. */
  static AnsweredPrompt of(ChatEncoder encoder, Conversation example) {
    int[] ids = encoder.encode(example, ChatEncoder.ALL_TOKENS).ids();
    int start = encoder.encode(example, 1).labels().end() - 1;
    return new AnsweredPrompt(
        Arrays.copyOf(ids, start), Arrays.copyOfRange(ids, start, ids.length));
  }

  /** The first {@code count} tokens of the answer, or all there are. */
  int[] first(int count) {
    return Arrays.copyOf(answer, Math.min(count, answer.length));
  }

  /** With loss on the first {@code counted} tokens of the answer, and cut after them. */
  TokenSequence sequence(int counted) {
    return after(new int[0], counted);
  }

  /** The same with {@code said} at the beginning of the answer, without loss on it. */
  TokenSequence after(int[] said, int counted) {
    int[] rest = first(counted);
    int start = prompt.length + said.length;
    int[] ids = Arrays.copyOf(prompt, start + rest.length);
    System.arraycopy(said, 0, ids, prompt.length, said.length);
    System.arraycopy(rest, 0, ids, start, rest.length);
    return new TokenSequence(ids, Labels.ofResponse(start, rest.length, rest.length));
  }
}
