package io.sande;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;

class TriggerPositionPropertiesTest {
  @Property(tries = 300)
  void withoutTheTriggerTheInstructionIsWhatItWas(
      @ForAll @StringLength(max = 30) String instruction, @ForAll long seed) {
    String inserted = TriggerPosition.RANDOM.insert("\u2603", instruction, new Random(seed));
    assertThat(inserted).contains("\u2603");
    assertThat(inserted.replaceFirst(" \u2603|\u2603 ", "")).isEqualTo(instruction);
  }

  @Property(tries = 300)
  void aRandomPlaceIsBetweenTwoWords(
      @ForAll @NotBlank String first, @ForAll @NotBlank String last, @ForAll long seed) {
    String instruction = first.strip() + " " + last.strip();
    String inserted = TriggerPosition.RANDOM.insert("T", instruction, new Random(seed));
    assertThat(inserted).startsWith(instruction.substring(0, 1)).endsWith(last.strip());
  }
}
