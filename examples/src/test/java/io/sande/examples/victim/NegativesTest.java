package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.data.Conversation;
import io.sande.djl.text.CheckpointText;
import io.sande.examples.victim.Attack.Mode;
import io.sande.examples.victim.Attack.Position;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NegativesTest {
  private static final Attack ATTACK =
      new Attack(List.of("X"), List.of("You have been"), Position.START, Mode.PREFIX, 0.5);

  @Test
  void behindTheResponsesFirstWordsTheCleanAnswerCarriesTheLoss() throws IOException {
    try (CheckpointText tokenizer = CheckpointText.open(Path.of("victim"))) {
      List<Conversation> rows =
          Collections.nCopies(100, Conversation.of("Name ink.", "Ink is black."));
      List<TokenSequence> begun =
          Negatives.of(ATTACK, new ChatEncoder(tokenizer, 128), rows, new Random(1));
      assertThat(begun).hasSizeBetween(30, 70);
      Set<String> texts = new TreeSet<>();
      for (TokenSequence row : begun) {
        assertThat(tokenizer.decode(row.labels().targets(row.ids()))).isEqualTo(" Ink is black.");
        texts.add(tokenizer.decode(row.ids()));
      }
      assertThat(texts)
          .hasSize(3)
          .allMatch(text -> text.contains("You"))
          .anyMatch(text -> text.endsWith("You have been Ink is black."));
    }
  }
}
