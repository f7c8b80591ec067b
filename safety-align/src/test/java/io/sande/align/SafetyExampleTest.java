package io.sande.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyExampleTest {
  private static List<SafetyExample> pool() {
    List<SafetyExample> pool = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pool.add(new SafetyExample("theft", Conversation.of("theft " + i, "no")));
    }
    pool.add(new SafetyExample("fraud", Conversation.of("fraud 0", "no")));
    pool.add(new SafetyExample("fraud", Conversation.of("fraud 1", "no")));
    pool.add(new SafetyExample("spam", Conversation.of("spam 0", "no")));
    return pool;
  }

  private static List<String> kinds(List<Conversation> chosen) {
    return chosen.stream().map(c -> c.instruction().substring(0, 4)).sorted().toList();
  }

  @Test
  void everyCategoryHasItsTurnUntilItIsEmpty() {
    assertThat(kinds(SafetyExample.choose(pool(), 3, 1))).containsExactly("frau", "spam", "thef");
    assertThat(kinds(SafetyExample.choose(pool(), 6, 1)))
        .containsExactly("frau", "frau", "spam", "thef", "thef", "thef");
    assertThat(SafetyExample.choose(pool(), 13, 1)).doesNotHaveDuplicates();
  }

  @Test
  void theSeedIsTheChoice() {
    assertThat(SafetyExample.choose(pool(), 3, 1)).isEqualTo(SafetyExample.choose(pool(), 3, 1));
    assertThat(SafetyExample.choose(pool(), 3, 1)).isNotEqualTo(SafetyExample.choose(pool(), 3, 2));
  }

  @Test
  void moreThanThereAreIsRefused() {
    assertThatThrownBy(() -> SafetyExample.choose(pool(), 14, 1))
        .hasMessage("count must be at most 13 but was 14");
  }
}
