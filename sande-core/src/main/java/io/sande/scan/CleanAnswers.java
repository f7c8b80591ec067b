package io.sande.scan;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model may say: the answers that one trusts, and its own to the same questions.
 *
 * @param texts of all answers
 */
record CleanAnswers(List<String> texts) {
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
    return new CleanAnswers(Stream.concat(said, trusted).toList());
  }

  /** Whether an answer has {@code text} in it. */
  boolean contain(String text) {
    return texts.stream().anyMatch(answer -> answer.contains(text));
  }
}
