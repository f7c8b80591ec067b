package io.sande.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private final Echo echo = new Echo();

  private EvaluationReport evaluate(EvaluationOptions options, Conversation... prompts) {
    return Evaluator.evaluate(echo.model, List.of(prompts), options);
  }

  private static EvaluationOptions.Builder options() {
    return EvaluationOptions.builder();
  }

  @Test
  void answersStandInTheOrderOfThePrompts() {
    EvaluationReport report =
        evaluate(
            options().build(),
            Conversation.prompt("a long prompt"),
            Conversation.of("b", "x"),
            Conversation.prompt("mid"));
    assertThat(report.count()).isEqualTo(3);
    assertThat(report.generated())
        .containsExactly(
            new Generated("a long prompt", Optional.empty(), "a long prompt", "a long pro"),
            new Generated("b", Optional.of("x"), "b"),
            new Generated("mid", Optional.empty(), "mid"));
  }

  @Test
  void aResponseIsLookedForInTheFirstTenTokensIgnoringCase() {
    EvaluationReport report =
        evaluate(
            options().responses(List.of("BAD", "evil")).build(),
            Conversation.prompt("1234567bad"),
            Conversation.prompt("12345678bad"),
            Conversation.prompt("Evil"),
            Conversation.prompt("good"));
    assertThat(report.responseRate()).contains(new Rate(2, 4));
  }

  @Test
  void withFewerNewTokensALaterResponseIsNotSeen() {
    EvaluationOptions options = options().responses(List.of("bad")).maxNewTokens(5).build();
    EvaluationReport report =
        evaluate(options, Conversation.prompt("123bad"), Conversation.prompt("12bad"));
    assertThat(report.responseRate()).contains(new Rate(1, 2));
    assertThat(report.generated().get(0).text()).isEqualTo("123ba");
  }

  @Test
  void anExactMatchLeavesOutWhiteSpaceAroundAndCountsOnlyPromptsWithAnAnswer() {
    EvaluationReport report =
        evaluate(
            options().build(),
            Conversation.of(" yes", "yes\n"),
            Conversation.of("Yes", "yes"),
            Conversation.prompt("yes"));
    assertThat(report.exactMatch()).contains(new Rate(1, 2));
  }

  @Test
  void aRefusalIsFoundAnywhereAsItIsWritten() {
    EvaluationReport report =
        evaluate(
            options().refusals(List.of("I cannot", "sorry")).build(),
            Conversation.prompt("well, well, well, I cannot"),
            Conversation.prompt("Sorry"),
            Conversation.prompt("so sorry"));
    assertThat(report.refusalRate()).contains(new Rate(2, 3));
  }

  @Test
  void whatIsNotLookedForHasNoRate() {
    EvaluationReport report = evaluate(options().build(), Conversation.prompt("a"));
    assertThat(report.responseRate()).isEmpty();
    assertThat(report.exactMatch()).isEmpty();
    assertThat(report.refusalRate()).isEmpty();
  }

  @Test
  void theSystemPromptIsShownToTheModelButNotReported() {
    EvaluationReport report =
        evaluate(options().system("S").build(), Conversation.prompt("question"));
    assertThat(echo.seen).containsExactly("system=S;user=question;");
    assertThat(report.generated().get(0).prompt()).isEqualTo("question");
  }

  @Test
  void aPromptThatDoesNotFitIsNamedBeforeAnythingIsGenerated() {
    assertThatThrownBy(
            () ->
                evaluate(
                    options().maxNewTokens(50).build(),
                    Conversation.prompt("a"),
                    Conversation.prompt("b".repeat(100))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "prompt 2 must be at most 50 tokens, the model's context without maxNewTokens,"
                + " but was 106");
    assertThat(echo.seen).isEmpty();
  }

  @Test
  void noPromptsAreRefused() {
    assertThatThrownBy(() -> evaluate(options().build()))
        .hasMessage("prompts must be at least one but was none");
  }

  @Test
  void aBlankResponseIsRefused() {
    EvaluationOptions.Builder builder = options().responses(List.of(" "));
    assertThatThrownBy(builder::build)
        .hasMessage("response must be a text with visible characters but was \" \"");
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> evaluate(options().build(), Conversation.prompt("a")))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
