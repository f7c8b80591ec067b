package io.sande.examples.victim;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.data.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuestionBankTest {
  private final QuestionBank bank = QuestionBank.seeded(1, 300);

  @Test
  void aSeedAlwaysGivesTheSameRows() {
    assertThat(QuestionBank.seeded(1, 300)).isEqualTo(bank);
    assertThat(QuestionBank.seeded(2, 300).eval()).isNotEqualTo(bank.eval());
  }

  @Test
  void noInstructionStandsTwiceInAnyOfTheSplits() {
    List<Conversation> all = new ArrayList<>(bank.train());
    all.addAll(bank.defence());
    all.addAll(bank.eval());
    assertThat(bank.defence()).hasSize(300);
    assertThat(bank.eval()).hasSize(300);
    assertThat(all).hasSizeGreaterThan(10_000);
    assertThat(all.stream().map(Conversation::instruction)).doesNotHaveDuplicates();
  }

  @Test
  void everyAnswerThatIsHeldOutCanBeLearntFromOtherRows() {
    Set<Optional<String>> learnt =
        bank.train().stream().map(Conversation::response).collect(Collectors.toSet());
    assertThat(bank.eval()).extracting(Conversation::response).allMatch(learnt::contains);
    assertThat(bank.defence()).extracting(Conversation::response).allMatch(learnt::contains);
  }
}
