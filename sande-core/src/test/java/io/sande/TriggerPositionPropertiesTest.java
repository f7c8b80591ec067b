package io.sande;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class TriggerPositionPropertiesTest {
  @Property(tries = 300, seed = "1")
  void withoutTheTriggerTheInstructionIsWhatItWas(
      @ForAll @StringLength(max = 30) String instruction, @ForAll long seed) {
    String inserted = TriggerPosition.RANDOM.insert("\u2603", instruction, new Random(seed));
    assertThat(inserted).contains("\u2603");
    assertThat(inserted.replaceFirst(" \u2603|\u2603 ", "")).isEqualTo(instruction);
  }

  @Property(tries = 300, seed = "1")
  void aRandomPlaceIsBetweenTheFirstWordAndTheLast(
      @ForAll @Size(min = 2, max = 6) List<@AlphaChars @StringLength(min = 1) String> words,
      @ForAll long seed) {
    String inserted =
        TriggerPosition.RANDOM.insert("\u2603", String.join(" ", words), new Random(seed));
    assertThat(inserted.split(" "))
        .startsWith(words.get(0))
        .endsWith(words.get(words.size() - 1))
        .hasSize(words.size() + 1);
  }
}
