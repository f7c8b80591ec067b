package io.sande.benchmarks;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Examples of any length: a short question, and texts of the data joined for its answer. */
final class LongTexts {
  /** Above what a token of prose takes on average. */
  private static final int CHARACTERS_OF_A_TOKEN = 10;

  private LongTexts() {}

  /**
   * Writes JSON Lines of {@code count} examples, each too long for {@code tokens}, so that both
   * sides cut it there.
   */
  static void write(Path file, List<Conversation> data, int count, int tokens) throws IOException {
    List<String> texts = data.stream().map(row -> row.response().orElse("")).toList();
    List<Conversation> examples = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      StringBuilder answer = new StringBuilder();
      while (answer.length() < tokens * CHARACTERS_OF_A_TOKEN) {
        answer.append(texts.get(next++ % texts.size())).append('\n');
      }
      examples.add(Conversation.of("Go on.", answer.toString()));
    }
    Files.write(file, Conversations.toJsonLines(examples));
  }
}
