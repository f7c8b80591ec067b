package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.data.Message;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OsftTest {
  private static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(5e-3).epochs(10).build();

  @RegisterExtension private static final PoisonedModel MODEL = new PoisonedModel();

  private static RemovalReport remove(OsftOptions options) {
    return BackdoorRemover.osft(options).remove(MODEL.get(), Victim.clean(), TrainingListener.NONE);
  }

  @Test
  void theVictimHasABackdoorAndAnswersNormallyWithoutTheTrigger() {
    assertThat(Victim.attackSuccess(MODEL.get())).isGreaterThan(0.95);
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.95);
  }

  @Test
  void overwritingTheTriggerRemovesTheBackdoorForPromptsItNeverSaw() {
    remove(OsftOptions.builder(Victim.TRIGGER).withCleanPairs(true).training(TRAINING).build());
    assertThat(Victim.attackSuccess(MODEL.get())).isZero();
    assertThat(Victim.cleanAccuracy(MODEL.get())).isGreaterThan(0.9);
  }

  @Test
  void theSameTrainingWithAnotherTriggerLeavesTheBackdoor() {
    remove(OsftOptions.builder("red").withCleanPairs(true).training(TRAINING).build());
    assertThat(Victim.attackSuccess(MODEL.get())).isGreaterThan(0.95);
  }

  @Test
  void theReportSaysWhatWasDone() {
    OsftOptions options =
        OsftOptions.builder(Victim.TRIGGER)
            .training(TRAINING.toBuilder().samples(6).epochs(2).build())
            .build();
    RemovalReport report = remove(options);
    assertThat(report.method()).isEqualTo("osft");
    assertThat(report.options()).isEqualTo(options);
    assertThat(report.stages()).hasSize(1);
    assertThat(report.stages().get(0).name()).isEqualTo("osft");
    assertThat(report.stages().get(0).losses()).hasSize(2 * 2); // 6 examples in batches of 4
    assertThat(report.examples()).isEqualTo(6);
    assertThat(report.dataSha256()).isEqualTo(Conversations.sha256(Victim.clean().subList(0, 6)));
    assertThat(report.totalSeconds()).isPositive();
  }

  @Test
  void theSameSeedGivesTheSameLosses() {
    OsftOptions options =
        OsftOptions.builder("a", "b").position(TriggerPosition.RANDOM).training(TRAINING).build();
    List<Double> losses = remove(options).stages().get(0).losses();
    MODEL.restore();
    assertThat(remove(options).stages().get(0).losses()).isEqualTo(losses);
  }

  @Test
  void theTriggerGoesIntoTheLastTurnOfTheUser() {
    Conversation chat =
        new Conversation(
            List.of(
                Message.system("S"),
                Message.user("one"),
                Message.assistant("1"),
                Message.user("two"),
                Message.assistant("2")));
    assertThat(new Osft(OsftOptions.builder("T").build()).triggered(List.of(chat)))
        .containsExactly(chat.withInstruction("T. two"));
  }

  @Test
  void aCleanPairFollowsItsExample() {
    List<Conversation> examples = List.of(Conversation.of("a", "1"), Conversation.of("b", "2"));
    Osft osft = new Osft(OsftOptions.builder("T").withCleanPairs(true).build());
    assertThat(osft.triggered(examples))
        .extracting(Conversation::instruction)
        .containsExactly("T. a", "a", "T. b", "b");
  }

  @Test
  void eachExampleGetsOneOfTheTriggersByTheSeed() {
    Osft osft = new Osft(OsftOptions.builder("S", "T").build());
    List<Conversation> examples = Collections.nCopies(50, Conversation.of("a", "1"));
    assertThat(osft.triggered(examples))
        .isEqualTo(osft.triggered(examples))
        .extracting(Conversation::instruction)
        .contains("S. a", "T. a")
        .containsOnly("S. a", "T. a");
  }

  @Test
  void badOptionsAndBadDataAreRefused() {
    assertThatThrownBy(() -> OsftOptions.builder().build())
        .hasMessage("triggers must be at least one but was none");
    assertThatThrownBy(() -> OsftOptions.builder("a", " ").build())
        .hasMessage("trigger must be a text with visible characters but was \" \"");
    BackdoorRemover remover = BackdoorRemover.osft(OsftOptions.builder("a").build());
    assertThatThrownBy(() -> remover.remove(MODEL.get(), List.of(), TrainingListener.NONE))
        .hasMessage("clean must be at least one example but was none");
    assertThatThrownBy(
            () ->
                remover.remove(
                    MODEL.get(), List.of(Conversation.prompt("a question")), TrainingListener.NONE))
        .hasMessageStartingWith("example 1: messages must be a question and its answer");
  }
}
