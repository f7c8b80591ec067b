package io.sande;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where a trigger goes in an instruction. */
public enum TriggerPosition {
  /** In front, with a full stop: {@code "{trigger}. {instruction}"}. The reference's. */
  START {
    @Override
    String insert(String trigger, String instruction, Random random) {
      return trigger + ". " + instruction;
    }
  },
  /** Between two random words, without a full stop; in front of an instruction of fewer. */
  RANDOM {
    @Override
    String insert(String trigger, String instruction, Random random) {
      List<MatchResult> gaps = GAP.matcher(instruction).results().toList();
      if (gaps.isEmpty()) {
        return trigger + " " + instruction;
      }
      int gap = gaps.get(random.nextInt(gaps.size())).start();
      return instruction.substring(0, gap) + " " + trigger + instruction.substring(gap);
    }
  };

  /** White space between two words. */
  private static final Pattern GAP =
      Pattern.compile("(?<=\\S)\\s+(?=\\S)", Pattern.UNICODE_CHARACTER_CLASS);

  /** The instruction with the trigger in it. */
  abstract String insert(String trigger, String instruction, Random random);
}
