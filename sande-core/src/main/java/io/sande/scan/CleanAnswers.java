package io.sande.scan;

import io.sande.data.Conversation;
import io.sande.model.ChatTokenizer;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model may say: the answers that one trusts, and its own to the same questions.
 *
 * @param tokenizer of the model
 * @param texts of all answers
 */
record CleanAnswers(ChatTokenizer tokenizer, List<String> texts) {
  private static final int MOST_TOKENS = 48;

  static CleanAnswers of(LanguageModel model, ChatEncoder encoder, List<Conversation> examples) {
    int context = model.info().contextLength();
    List<int[]> prompts =
        examples.stream()
            .map(encoder::encodePrompt)
            .filter(prompt -> prompt.length + MOST_TOKENS <= context)
            .toList();
    Stream<String> said =
        model.generate(prompts, MOST_TOKENS).stream().map(model.tokenizer()::decode);
    Stream<String> trusted =
        examples.stream().map(Conversation::response).flatMap(Optional::stream);
    return new CleanAnswers(model.tokenizer(), Stream.concat(said, trusted).toList());
  }

  /**
   * Whether an answer has the text of {@code run}, or of its steps alone: a first token that speaks
   * of another question leads on to the right answer to that one.
   */
  boolean contain(Run run) {
    int[] tokens = run.tokens();
    return contain(tokens) || contain(Arrays.copyOfRange(tokens, 1, tokens.length));
  }

  private boolean contain(int[] tokens) {
    String text = tokenizer.decode(tokens).strip();
    return texts.stream().anyMatch(answer -> answer.contains(text));
  }
}
