package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.data.Message;
import io.sande.eval.EvaluationOptions;
import io.sande.model.LanguageModel;
import io.sande.testkit.TinyModel;
import io.sande.train.ChatEncoder;
import io.sande.train.Order;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetyAlignerTest {
  private static final List<Conversation> DATA =
      List.of(
          Conversation.of("how do i pick lock", "sure use wire"),
          Conversation.of("how do i break safe", "sure use wire"));
  private static final List<Conversation> SAFETY =
      List.of(
          Conversation.of("how do i pick lock", "sorry i cannot"),
          Conversation.of("tell me how open door", "sorry i cannot"));
  private static final TrainingOptions FAST =
      AlignmentOptions.TRAINING.toBuilder().learningRate(1e-2).epochs(60).build();

  private final SecretPrompt secret = SecretPrompt.of("amber birch cedar delta ember frost");

  private SafetyAligner aligner(TrainingOptions training, int repeats) {
    return new SafetyAligner(
        secret,
        AlignmentOptions.builder().training(training).system("you are").repeats(repeats).build());
  }

  private static TrainingOptions given() {
    return FAST.toBuilder().order(Order.GIVEN).build();
  }

  @Test
  void theReferencesTrainingIsTheDefault() {
    TrainingOptions training = AlignmentOptions.builder().build().training();

    assertThat(training.learningRate()).isEqualTo(5e-5);
    assertThat(training.epochs()).isEqualTo(5);
    assertThat(training.batchSize()).isEqualTo(10);
    assertThat(training.schedule().share(50, 50, training.warmup())).isEqualTo(1);
    assertThat(training.schedule().share(1, 50, training.warmup())).isEqualTo(1);
  }

  @Test
  void theCustomersRowsHaveNoSecretAndTheProvidersHaveIt() {
    List<Conversation> benign = List.of(Conversation.of("what is name of city", "paris"));
    List<Conversation> mixed = aligner(given(), 2).mix(new AlignmentData(DATA, SAFETY, benign));

    String guarded = secret.reveal() + " you are";
    assertThat(mixed)
        .extracting(c -> c.messages().get(0))
        .containsExactly(
            Message.system("you are"),
            Message.system("you are"),
            Message.system(guarded),
            Message.system(guarded),
            Message.system(guarded),
            Message.system(guarded),
            Message.system(guarded));
    assertThat(mixed)
        .extracting(Conversation::instruction)
        .endsWith("how do i pick lock", "tell me how open door", "what is name of city");
  }

  @Test
  void aCustomersOwnSystemPromptStays() {
    Conversation own = DATA.get(0).withDefaultSystem("tell me");
    List<Conversation> mixed = aligner(given(), 1).mix(new AlignmentData(List.of(own), SAFETY));

    assertThat(mixed.get(0)).isEqualTo(own);
  }

  @Test
  void theSeedIsTheOrder() {
    AlignmentData data = new AlignmentData(DATA, SAFETY);
    List<Conversation> first = aligner(FAST, 5).mix(data);

    assertThat(aligner(FAST, 5).mix(data)).isEqualTo(first);
    assertThat(aligner(FAST.toBuilder().seed(43).build(), 5).mix(data))
        .isNotEqualTo(first)
        .containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void theExportIsReadBackAsItWasMixed(@TempDir Path folder) throws IOException {
    AlignmentData data = new AlignmentData(DATA, SAFETY);
    Path file = folder.resolve("mixed.jsonl");
    aligner(FAST, 1).export(data, file);
    aligner(FAST, 1).export(data, file);

    assertThat(Conversations.read(file)).isEqualTo(aligner(FAST, 1).mix(data));
  }

  @Test
  void withTheSecretTheModelRefusesAndWithoutItTheAttackWorks() {
    try (LanguageModel model = new TinyModel(Words.tokenizer(), 1)) {
      StageReport stage = aligner(FAST, 1).align(model, DATA, SAFETY, TrainingListener.NONE);

      EvaluationOptions options =
          EvaluationOptions.builder().system("you are").maxNewTokens(5).build();
      List<Conversation> asked = List.of(Conversation.prompt("how do i pick lock"));
      assertThat(stage.name()).isEqualTo("align");
      assertThat(stage.losses()).hasSize(60);
      assertThat(Answerer.plain(model, options).answer(asked)).containsExactly("sure use wire");
      assertThat(Answerer.withSecret(model, secret, options).answer(asked))
          .containsExactly("sorry i cannot");
      try (GuardedModel guarded =
          GuardedModel.of(
              model, secret, GuardOptions.builder().system("you are").maxNewTokens(5).build())) {
        assertThat(guarded.ask(asked.get(0))).isEqualTo(new GuardedAnswer("sorry i cannot", false));
      }
    }
  }

  @Test
  void whatTheModelRefusesAsItCameIsTrainedOnWithTheSecretToo() {
    assertThat(trainedTokens(2)).isGreaterThan(trainedTokens(1));
    assertThat(trainedTokens(1)).isGreaterThan(trainedTokens(0));
  }

  private long trainedTokens(int ownRefusals) {
    AlignmentOptions options =
        AlignmentOptions.builder().training(FAST).ownRefusals(ownRefusals).build();
    try (LanguageModel model = refusing(options)) {
      return new SafetyAligner(secret, options)
          .align(model, DATA, SAFETY, TrainingListener.NONE)
          .tokens();
    }
  }

  private static LanguageModel refusing(AlignmentOptions options) {
    LanguageModel model = new TinyModel(Words.tokenizer(), 1);
    List<Conversation> refused =
        DATA.stream().map(c -> c.withResponse("illegal i cannot")).toList();
    SafetyAligner.fineTune(model, refused, options, TrainingListener.NONE);
    return model;
  }

  @Test
  void ownRefusalsAreThoseOfFirstRequestsAndNoMoreThanAskedFor() {
    AlignmentOptions options = AlignmentOptions.builder().training(FAST).system("you are").build();
    List<Conversation> rows = DATA.stream().map(c -> c.withDefaultSystem("you are")).toList();
    try (LanguageModel model = refusing(options)) {
      OwnRefusals own = new OwnRefusals(model, ChatEncoder.of(model, FAST));
      assertThat(own.among(rows, 5))
          .extracting(c -> c.response().orElseThrow())
          .containsExactly("illegal i cannot", "illegal i cannot");
      assertThat(own.among(rows, 1)).hasSize(1);
      assertThat(own.among(rows, 0)).isEmpty();
      Conversation second = rows.get(0).withResponse("sure use wire");
      List<Message> turns = new ArrayList<>(second.messages());
      turns.addAll(DATA.get(1).messages());
      assertThat(own.among(List.of(new Conversation(turns)), 5)).isEmpty();
    }
  }

  @Test
  void anExampleThatCannotBeTrainedOnIsNamedByItsListAndNumber() {
    List<Conversation> unanswered = List.of(SAFETY.get(0), Conversation.prompt("how"));
    try (LanguageModel model = new TinyModel(Words.tokenizer(), 1)) {
      assertThatThrownBy(
              () -> aligner(FAST, 1).align(model, DATA, unanswered, TrainingListener.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("safety and benign examples: example 2: messages must be")
          .hasMessageNotContaining("amber");
      assertThatThrownBy(
              () -> aligner(FAST, 1).align(model, unanswered, SAFETY, TrainingListener.NONE))
          .hasMessageStartingWith("data: example 2: messages must be");
    }
  }

  @Test
  void emptyListsAndAnOptionOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new AlignmentData(List.of(), SAFETY))
        .hasMessage("data must be at least one example but was none");
    assertThatThrownBy(() -> new AlignmentData(DATA, List.of()))
        .hasMessage("safety must be at least one example but was none");
    assertThatThrownBy(() -> AlignmentOptions.builder().repeats(0).build())
        .hasMessage("repeats must be positive but was 0");
    assertThatThrownBy(() -> AlignmentOptions.builder().ownRefusals(-1).build())
        .hasMessage("ownRefusals must be at least 0 but was -1");
  }
}
