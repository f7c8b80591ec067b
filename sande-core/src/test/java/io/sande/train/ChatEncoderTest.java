package io.sande.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.data.Message.Role;
import io.sande.model.TokenSequence;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChatEncoderTest {
  private static final CharTokenizer.Template LINES =
      (turns, open) ->
          turns.stream()
                  .map(turn -> turn.role().text().charAt(0) + ":" + turn.content() + "</s>\n")
                  .collect(Collectors.joining())
              + (open ? "a:" : "");

  private static final CharTokenizer.Template SPACED =
      (turns, open) ->
          turns.stream()
              .map(
                  t ->
                      t.role() == Role.USER ? "[" + t.content() + "]" : " " + t.content() + " </s>")
              .collect(Collectors.joining());

  private static final Conversation TWO_ANSWERS =
      new Conversation(
          List.of(
              Message.system("S"),
              Message.user("U"),
              Message.assistant("one"),
              Message.user("V"),
              Message.assistant("two")));

  private static ChatEncoder encoder(CharTokenizer.Template template) {
    return new ChatEncoder(new CharTokenizer(template), 1024);
  }

  private static void assertShows(TokenSequence sequence, String ids, String labels) {
    assertThat(CharTokenizer.show(sequence.ids())).isEqualTo(ids);
    assertThat(CharTokenizer.show(sequence.labels().aligned(sequence.ids()))).isEqualTo(labels);
  }

  @Test
  void theAnswerAndItsEndCarryLossAndWhatTheTemplateAddsBehindIsCutOff() {
    assertShows(
        encoder(LINES).encode(Conversation.of("Hi", "yes"), ChatEncoder.ALL_TOKENS),
        "u:Hi</s>\na:yes</s>",
        "........yes</s>");
  }

  @Test
  void theTemplatesOwnSpacingBelongsToTheAnswer() {
    assertShows(
        encoder(SPACED).encode(Conversation.of("Hi", "yes"), ChatEncoder.ALL_TOKENS),
        "[Hi] yes </s>",
        ".... yes </s>");
  }

  @Test
  void onlyTheCountedTokensCarryLossAndTheRestIsCutOff() {
    assertShows(encoder(SPACED).encode(Conversation.of("Hi", "yes"), 3), "[Hi] ye", ".... ye");
  }

  @Test
  void anEndOfTextInsideTheAnswerDoesNotEndIt() {
    assertShows(
        encoder(SPACED).encode(Conversation.of("Hi", "a</s>b"), ChatEncoder.ALL_TOKENS),
        "[Hi] a</s>b </s>",
        ".... a</s>b </s>");
  }

  @Test
  void anEmptyAnswerIsItsEndAlone() {
    assertShows(
        encoder(LINES).encode(Conversation.of("", ""), ChatEncoder.ALL_TOKENS),
        "u:</s>\na:</s>",
        "......</s>");
  }

  @Test
  void aTemplateWithoutAnEndOfTextGetsOne() {
    CharTokenizer.Template bare =
        (turns, open) -> turns.stream().map(Message::content).collect(Collectors.joining("|"));
    assertShows(
        encoder(bare).encode(Conversation.of("Hi", "yes"), ChatEncoder.ALL_TOKENS),
        "Hi|yes</s>",
        "..|yes</s>");
  }

  @Test
  void whereTheRenderingDoesNotBeginWithThePromptTheAnswerStandsAsItIs() {
    CharTokenizer.Template thinking =
        (turns, open) -> LINES.render(turns, open) + (open ? "<think>" : "");
    assertShows(
        encoder(thinking).encode(Conversation.of("Hi", "yes"), ChatEncoder.ALL_TOKENS),
        "u:Hi</s>\na:<think>yes</s>",
        ".".repeat(15) + "yes</s>");
  }

  @Test
  void everyAnswerOfSeveralCarriesLossAfterWhatFollowedTheOneBefore() {
    assertShows(
        encoder(LINES).encode(TWO_ANSWERS, ChatEncoder.ALL_TOKENS),
        "s:S</s>\nu:U</s>\na:one</s>\nu:V</s>\na:two</s>",
        ".".repeat(12) + "one</s>" + ".".repeat(8) + "two</s>");
  }

  @Test
  void theCountedTokensAreThoseOfEachAnswer() {
    assertShows(
        encoder(LINES).encode(TWO_ANSWERS, 2),
        "s:S</s>\nu:U</s>\na:one</s>\nu:V</s>\na:tw",
        ".".repeat(12) + "on.." + ".".repeat(8) + "tw");
  }

  @Test
  void whereEarlierTurnsAreRenderedInAnotherWayOnlyTheLastAnswerCarriesLoss() {
    CharTokenizer.Template systemMoves = // as Mistral's: before the last turn of the user
        (turns, open) ->
            turns.stream()
                .filter(t -> t.role() != Role.SYSTEM)
                .map(
                    t ->
                        t.role() == Role.ASSISTANT
                            ? " " + t.content() + "</s>"
                            : "[" + (isLastUser(t, turns) ? "S:" : "") + t.content() + "]")
                .collect(Collectors.joining());
    assertShows(
        encoder(systemMoves).encode(TWO_ANSWERS, ChatEncoder.ALL_TOKENS),
        "[U] one</s>[S:V] two</s>",
        ".".repeat(13) + " two</s>");
  }

  private static boolean isLastUser(Message turn, List<Message> turns) {
    return new Conversation(turns).instruction().equals(turn.content());
  }

  @Test
  void aLongSequenceIsCutAtItsEnd() {
    ChatEncoder encoder = new ChatEncoder(new CharTokenizer(SPACED), 6);
    assertShows(
        encoder.encode(Conversation.of("Hi", "yes"), ChatEncoder.ALL_TOKENS), "[Hi] y", ".... y");
    assertThat(encoder.encode(Conversation.of("Hello", "yes"), 1).labels().count()).isZero();
  }

  @Test
  void examplesWithoutATokenThatCarriesLossAreLeftOut() {
    ChatEncoder encoder = new ChatEncoder(new CharTokenizer(SPACED), 6);
    Conversation tooLong = Conversation.of("Hello", "yes");
    assertThat(encoder.encodeAll(List.of(tooLong, Conversation.of("Hi", "yes")), 1)).hasSize(1);
    assertThatThrownBy(() -> encoder.encodeAll(List.of(tooLong), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of the 1 prompts has 6 tokens (maxLength) or more");
  }

  @Test
  void anExampleWithoutAnAnswerIsRefusedByItsNumber() {
    List<Conversation> examples = List.of(Conversation.of("Hi", "yes"), Conversation.prompt("Hi"));
    assertThatThrownBy(() -> encoder(LINES).encodeAll(examples, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "example 2: messages must be a question and its answer"
                + " but was 1 turns, the last by the user");
  }

  @Test
  void thePromptOfGenerationLeavesOutTheExpectedAnswer() {
    assertThat(CharTokenizer.show(encoder(LINES).encodePrompt(Conversation.of("Hi", "yes"))))
        .isEqualTo("u:Hi</s>\na:");
    assertThat(CharTokenizer.show(encoder(LINES).encodePrompt(TWO_ANSWERS)))
        .isEqualTo("s:S</s>\nu:U</s>\na:one</s>\nu:V</s>\na:");
  }

  @Test
  void theWholeOfAPromptIsItsRenderingAndNothingCounts() {
    assertShows(encoder(LINES).encodeWhole(Conversation.prompt("Hi")), "u:Hi</s>\n", ".".repeat(6));
    assertThat(encoder(LINES).encodeWhole(TWO_ANSWERS).labels())
        .isEqualTo(encoder(LINES).encode(TWO_ANSWERS, ChatEncoder.ALL_TOKENS).labels());
  }
}
