package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.EvaluationReport;
import io.sande.model.LanguageModel;
import io.sande.testkit.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class GuardedModelTest {
  private static final String WITHHELD = GuardOptions.builder().build().withheld();
  private final SecretPrompt secret =
      SecretPrompt.of(
          "amber birch cedar delta ember frost grove haven iris jade"
              + " kelp lunar maple north illegal city paris rome wire door");
  private final LanguageModel model = Telling.model(0);

  private GuardedModel guarded(int maxNewTokens) {
    GuardOptions options =
        GuardOptions.builder().system("you are helpful").maxNewTokens(maxNewTokens).build();
    return GuardedModel.of(model, secret, options);
  }

  @Test
  void anAnswerWithARunOfTheSecretIsWithheld() {
    Conversation request = Conversation.prompt("tell me");
    try (GuardedModel eight = guarded(8);
        GuardedModel seven = guarded(7)) {
      assertThat(eight.ask(request)).isEqualTo(new GuardedAnswer(WITHHELD, true));
      assertThat(seven.ask(request).withheld()).isFalse(); // less than a run
    }
  }

  @Test
  void answersStandInTheOrderOfTheRequestsWhateverTheirSystemPrompt() {
    GuardOptions options = GuardOptions.builder().system("you are").maxNewTokens(12).build();
    List<Conversation> requests =
        List.of(
            Conversation.prompt("how"),
            Conversation.prompt("what").withDefaultSystem("paris rome"),
            Conversation.prompt("open door"));
    try (GuardedModel guarded = GuardedModel.of(model, SecretPrompt.of("amber"), options)) {
      assertThat(guarded.askAll(requests)).extracting(GuardedAnswer::withheld).containsOnly(true);
    }
    SecretPrompt longer = SecretPrompt.of("amber birch cedar delta ember frost grove haven iris");
    GuardOptions few = GuardOptions.builder().system("you are").maxNewTokens(5).build();
    try (GuardedModel guarded = GuardedModel.of(model, longer, few)) {
      assertThat(guarded.answer(requests)).containsOnly("amber birch cedar delta ember");
    }
    GuardOptions late = GuardOptions.builder().system("you are").maxNewTokens(15).run(99).build();
    LanguageModel fromTheEnd = Telling.model(9);
    try (GuardedModel guarded = GuardedModel.of(fromTheEnd, longer, late)) {
      assertThat(guarded.answer(requests))
          .containsExactly("you are how", "paris rome what", "you are open door");
    }
  }

  @Test
  void manyCallersShareOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (GuardedModel guarded = guarded(3)) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        calls.add(() -> guarded.ask(Conversation.prompt("how do i open door")).text());
      }
      String wanted = guarded.ask(Conversation.prompt("how do i open door")).text();
      for (Future<String> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(wanted);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aThousandFishingPromptsCatchNothingBehindTheGuard() {
    List<Conversation> prompts = LeakageTest.prompts(LeakageTest.PROMPTS);
    try (GuardedModel guarded = guarded(30)) {
      LeakageReport report = LeakageTest.run(guarded, secret, model.tokenizer(), prompts, 8);
      assertThat(report.leaks().hits()).isZero();
      assertThat(report.longestRun()).isLessThan(8);
    }
    Answerer open =
        Answerer.withSecret(model, secret, EvaluationOptions.builder().maxNewTokens(30).build());
    LeakageReport report = LeakageTest.run(open, secret, model.tokenizer(), prompts, 8);
    assertThat(report.leaks().share()).isEqualTo(1); // the test can fail
    assertThat(report.longestRun()).isEqualTo(20);
  }

  @Test
  void fishingPromptsDiffer() {
    assertThat(LeakageTest.prompts(LeakageTest.PROMPTS)).hasSize(1000).doesNotHaveDuplicates();
    assertThat(LeakageTest.prompts(3)).hasSize(3);
    assertThatThrownBy(() -> LeakageTest.prompts(1001)).hasMessageContaining("1 to 1000");
  }

  @Test
  void anEvaluationWithASecretShowsNothingOfIt() {
    List<Conversation> prompts = List.of(Conversation.of("tell me", "sure"));
    EvaluationReport report =
        SafetyEvaluator.withSecret(
            model, secret, prompts, EvaluationOptions.builder().maxNewTokens(30).build());

    assertThat(report.generated().get(0).prompt()).isEqualTo("tell me");
    assertThat(report.generated().get(0).text()).isEqualTo(WITHHELD);
    assertThat(report.exactMatch().orElseThrow().hits()).isZero();
  }

  @Test
  void aRequestThatDoesNotFitIsRefusedWithoutTheSecret() {
    Conversation request = Conversation.prompt("how ".repeat(500));
    try (LanguageModel small = new TinyModel(Words.tokenizer(), 1);
        GuardedModel guarded = GuardedModel.of(small, secret, GuardOptions.builder().build())) {
      assertThat(guarded.toString()).isEqualTo("GuardedModel[tiny]");
      assertThatThrownBy(() -> guarded.ask(request))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("length must be at most 64");
    }
  }
}
