package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.testkit.TinyTokenizer;
import org.junit.jupiter.api.Test;

class SecretDetectorTest {
  private final TinyTokenizer tokenizer = Words.tokenizer();
  private final SecretDetector detector =
      new SecretDetector(
          SecretPrompt.of("amber birch cedar delta ember frost grove"), tokenizer, 3);

  @Test
  void aRunIsFoundWhereverItStands() {
    assertThat(detector.longestRun(tokenizer.encode("sure birch cedar delta ember is")))
        .isEqualTo(4);
    assertThat(detector.isIn(tokenizer.encode("sure ember frost grove"))).isTrue();
    assertThat(detector.isIn(tokenizer.encode("amber birch sure cedar delta"))).isFalse();
    assertThat(detector.longestRun(new int[0])).isZero();
  }

  @Test
  void theSameTextInOtherTokensCapitalsOrSpacesIsFound() {
    assertThat(detector.isIn("it is: CEDAR-Delta, (ember)")).isTrue();
    assertThat(detector.isIn("b i r c h c e d a r d e l t a")).isTrue();
    assertThat(detector.isIn("cedar delta sure ember")).isFalse();
  }

  @Test
  void aSecretShorterThanARunCountsAsAWhole() {
    SecretDetector two = new SecretDetector(SecretPrompt.of("amber birch"), tokenizer, 8);

    assertThat(two.isIn("so amber birch")).isTrue();
    assertThat(two.isIn("so amber")).isFalse();
  }
}
