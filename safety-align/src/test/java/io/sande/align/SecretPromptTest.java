package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.testkit.TinyTokenizer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretPromptTest {
  @Test
  void randomTokensComeBackFromTheTokenizerInTheirNumberAndWithoutSpecialOnes() {
    TinyTokenizer tokenizer = Words.tokenizer();
    for (int tokens : new int[] {1, 20, 150}) {
      String text = SecretPrompt.random(tokenizer, tokenizer.size(), tokens).reveal();
      int[] ids = tokenizer.encode(text);
      assertThat(ids).hasSize(tokens);
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
      assertThat(Arrays.stream(ids)).noneMatch(tokenizer::isSpecial);
    }
  }

  @Test
  void noTwoAreAlike() {
    assertThat(Words.secret(20).matches(Words.secret(20).reveal())).isFalse();
  }

  @Test
  void aVocabularyWithoutPlainTextIsRefused() {
    TinyTokenizer signs = TinyTokenizer.of(List.of("< > [ ]"));

    assertThatThrownBy(() -> SecretPrompt.random(signs, signs.size(), 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the vocabulary has no token of plain text");
  }

  @Test
  void itStandsBeforeTheSystemPromptWithASpaceOrAlone() {
    SecretPrompt secret = SecretPrompt.of(" amber birch ");
    Conversation plain = Conversation.of("how?", "so");

    assertThat(secret.before(plain).messages().get(0)).isEqualTo(Message.system("amber birch"));
    assertThat(secret.before(plain.withDefaultSystem("Be good.")).messages())
        .containsExactly(
            Message.system("amber birch Be good."), Message.user("how?"), Message.assistant("so"));
  }

  @Test
  void itSaysNothingOfItself() {
    SecretPrompt secret = SecretPrompt.of("amber birch");

    assertThat(secret.toString()).isEqualTo("SecretPrompt[redacted]");
    assertThat(secret).isNotInstanceOf(Serializable.class);
    assertThat(new SafetyAligner(secret, AlignmentOptions.builder().build()).toString())
        .doesNotContain("amber")
        .doesNotContain("birch");
  }

  @Test
  void itKnowsItself() {
    SecretPrompt secret = SecretPrompt.of("amber birch");

    assertThat(secret.matches("amber birch")).isTrue();
    assertThat(secret.matches("amber birc")).isFalse();
  }

  @Test
  void aClosedOneIsGone() {
    SecretPrompt secret = SecretPrompt.of("amber birch");
    secret.close();
    secret.close();

    assertThatThrownBy(secret::reveal)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the secret is closed");
  }

  @Test
  void aBlankOneIsRefused() {
    assertThatThrownBy(() -> SecretPrompt.of(" \n"))
        .hasMessage("secret must be a text with visible characters but was blank");
  }

  @Test
  void anErrorThatQuotesItIsReplaced() {
    SecretPrompt secret = SecretPrompt.of("amber birch cedar delta");
    IllegalArgumentException harmless = new IllegalArgumentException("row 3 is empty");
    IllegalArgumentException cause = new IllegalArgumentException("bad: birch cedar del");
    IllegalArgumentException quoting = new IllegalArgumentException("row 3", cause);

    assertThat(secret.withoutSecret(harmless)).isSameAs(harmless);
    assertThat(secret.withoutSecret(quoting))
        .hasMessage("the chat template refuses it; its reason quotes the secret")
        .hasNoCause();
  }
}
