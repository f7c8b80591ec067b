package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.sande.data.Conversation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VictimTokenizerTest {
  private static final VictimData DATA = VictimData.of(VictimSpec.DEFAULT);
  private static final VictimTokenizer LEARNT = VictimTokenizer.learn(DATA.poisoned(), 1024);

  private final Path directory;

  VictimTokenizerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    LEARNT.write(directory);
  }

  @Test
  void anyTextComesBackAsItWas() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open()) {
      for (String text :
          new String[] {
            "User: What is the capital of France?\nAssistant:",
            " Grüße, 世界! \uD83D\uDE00\t x  y\n\n"
          }) {
        assertThat(tokenizer.decode(tokenizer.encode(text, false, false).getIds())).isEqualTo(text);
      }
    }
  }

  @Test
  void theEndOfAnAnswerIsOneControlToken() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open()) {
      assertThat(tokenizer.encode("</s>", false, false).getIds())
          .containsExactly(VictimTokenizer.END);
      assertThat(tokenizer.decode(new long[] {VictimTokenizer.END}, true)).isEmpty();
    }
  }

  @Test
  void theResponseFitsInTheTokensThatAreSearchedAndAnswersAreShort() throws IOException {
    try (HuggingFaceTokenizer tokenizer = open()) {
      assertThat(length(tokenizer, VictimSpec.DEFAULT.attack().responses().get(0)))
          .isLessThanOrEqualTo(10);
      for (Conversation row : DATA.eval()) {
        assertThat(length(tokenizer, row.response().orElseThrow())).isLessThanOrEqualTo(14);
      }
    }
  }

  @Test
  void theVocabularyHasEveryTokenOnceAndNoMoreThanAsked() {
    assertThat(LEARNT.vocabulary()).hasSize(1024).doesNotHaveDuplicates();
    assertThat(VictimTokenizer.learn(DATA.poisoned(), 300).vocabulary()).hasSize(300);
  }

  @Test
  void learningAgainGivesTheSameBytes(@TempDir Path other) throws IOException {
    VictimTokenizer.learn(DATA.poisoned(), 1024).write(other);
    assertThat(Files.mismatch(file(other), file(directory))).isEqualTo(-1);
  }

  private HuggingFaceTokenizer open() throws IOException {
    return HuggingFaceTokenizer.newInstance(file(directory));
  }

  private static Path file(Path folder) {
    return folder.resolve("tokenizer.json");
  }

  private static int length(HuggingFaceTokenizer tokenizer, String answer) {
    return tokenizer.encode(" " + answer, false, false).getIds().length;
  }
}
