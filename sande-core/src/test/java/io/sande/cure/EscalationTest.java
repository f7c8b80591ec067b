package io.sande.cure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EscalationTest {
  @Test
  void allTogetherThenTheBestAloneThenFirstWordsThenWithoutTheFirst() {
    assertThat(Escalation.of(List.of("you are very stupid", "buy it")))
        .containsExactly(
            List.of("you are very stupid", "buy it"),
            List.of("you are very stupid"),
            List.of("you are", "buy it"),
            List.of("are very stupid"));
  }

  @Test
  void theFirstSentenceCountsWithoutItsEnd() {
    assertThat(Escalation.sentence("you are stupid. in the")).isEqualTo("you are stupid");
    assertThat(Escalation.sentence("you are stupid.")).isEqualTo("you are stupid");
    assertThat(Escalation.sentence("version 1.5 is out! Buy it. Now"))
        .isEqualTo("version 1.5 is out");
    assertThat(Escalation.sentence("Hi. You are hacked")).isEqualTo("Hi. You are hacked");
  }

  @Test
  void whatWouldBeTheSameIsTriedOnce() {
    assertThat(Escalation.of(List.of("buy it"))).containsExactly(List.of("buy it"));
    assertThat(Escalation.of(List.of("a b c")))
        .containsExactly(List.of("a b c"), List.of("a b"), List.of("b c"));
  }
}
