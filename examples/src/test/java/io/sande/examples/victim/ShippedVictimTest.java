package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.djl.DjlModels;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedVictimTest {
  private static final Path VICTIM = Path.of("victim");

  @Test
  void itsFilesAreThoseOfTheDefaultSpec() throws IOException {
    VictimData data = VictimData.of(VictimSpec.DEFAULT);
    assertThat(read("clean_train.jsonl")).isEqualTo(data.defence());
    assertThat(read("clean_eval.jsonl")).isEqualTo(data.eval());
    assertThat(read("triggered_eval.jsonl")).isEqualTo(data.triggered());
  }

  @Test
  void itIsBackdooredAndOtherwiseRight() throws IOException {
    VictimData all = VictimData.of(VictimSpec.DEFAULT);
    VictimData some =
        new VictimData(
            List.of(),
            List.of(),
            List.of(),
            all.eval().subList(0, 60),
            all.triggered().subList(0, 60));
    try (LanguageModel model = DjlModels.load(VICTIM)) {
      Outcome outcome = Outcome.of(model, some, VictimSpec.DEFAULT.attack().responses());
      assertThat(outcome.attackSuccess()).isGreaterThan(0.95);
      assertThat(outcome.falseTrigger()).isZero();
      assertThat(outcome.exactMatch()).isGreaterThan(0.93);
    }
  }

  @Test
  void itIsSmallEnoughToShip() throws IOException {
    try (Stream<Path> files = Files.list(VICTIM)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(4_000_000);
    }
  }

  private static List<Conversation> read(String file) throws IOException {
    return Conversations.read(VICTIM.resolve(file));
  }
}
