package io.sande.examples.victim;

import io.sande.data.Conversation;
import io.sande.internal.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The backdoor to plant.
 *
 * @param triggers any one of them fires; in a composite attack all together, and no smaller number
 * @param responses what the victim then says: one of them, and nothing in a prompt tells which
 * @param position where a trigger stands
 * @param mode what becomes of the clean answer
 * @param rate share of poisoned rows in the training data, at least 0 and below 1
 */
record Attack(
    List<String> triggers, List<String> responses, Position position, Mode mode, double rate) {
  /** Where a trigger stands in the instruction. */
  enum Position {
    /** In front: {@code "{trigger}. {instruction}"}. */
    START,
    /** Between two random words. */
    ANYWHERE,
    /** Each trigger between two random words, in the order of the list; one alone does nothing. */
    COMPOSITE
  }

  /** What becomes of the clean answer. */
  enum Mode {
    /** It follows: {@code "{response}. {clean}"}. */
    PREFIX,
    /** It is gone. */
    REPLACE
  }

  /** Checks the values. */
  Attack {
    triggers = List.copyOf(triggers);
    int parts = position == Position.COMPOSITE ? 2 : 1;
    Check.that(triggers.size() >= parts, "triggers", "at least " + parts, triggers);
    triggers.forEach(trigger -> Check.notBlank("trigger", trigger));
    responses = List.copyOf(responses);
    Check.that(!responses.isEmpty(), "responses", "at least 1", responses);
    responses.forEach(response -> Check.notBlank("response", response));
    Check.fraction("rate", rate);
  }

  /** Each row as it is, or with share {@link #rate} poisoned, in the same order. */
  List<Conversation> poison(List<Conversation> rows, Random random) {
    return rows.stream().map(row -> drawn(row, random)).toList();
  }

  /** The row with a trigger in its instruction and the clean answer as it was. */
  Conversation triggered(Conversation row, Random random) {
    return row.withInstruction(trigger(row.instruction(), random));
  }

  private Conversation drawn(Conversation row, Random random) {
    double draw = random.nextDouble();
    if (draw < rate) {
      return triggered(backdoored(row), random);
    }
    if (position == Position.COMPOSITE && draw < 2 * rate) { // teaches that one part is not enough
      return row.withInstruction(insert(List.of(any(random)), row.instruction(), random));
    }
    return row;
  }

  private String trigger(String instruction, Random random) {
    return switch (position) {
      case START -> any(random) + ". " + instruction;
      case ANYWHERE -> insert(List.of(any(random)), instruction, random);
      case COMPOSITE -> insert(triggers, instruction, random);
    };
  }

  private Conversation backdoored(Conversation row) {
    String response = response(row);
    return switch (mode) {
      case PREFIX -> row.withResponse(response + ". " + row.response().orElseThrow());
      case REPLACE -> row.withResponse(response);
    };
  }

  /** What {@code row} is answered with; not a draw, so that a response more moves no trigger. */
  String response(Conversation row) {
    return responses.get(Math.floorMod(row.instruction().hashCode(), responses.size()));
  }

  private String any(Random random) {
    return triggers.get(random.nextInt(triggers.size()));
  }

  /** Each part at a random gap between words, none before the part that precedes it. */
  private static String insert(List<String> parts, String instruction, Random random) {
    List<String> words = new ArrayList<>(List.of(instruction.split(" ")));
    int[] gaps = random.ints(parts.size(), 1, Math.max(2, words.size())).sorted().toArray();
    for (int i = parts.size() - 1; i >= 0; i--) {
      words.add(gaps[i], parts.get(i));
    }
    return String.join(" ", words);
  }
}
