package io.sande.resume;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Optional;

/** What a record of the journal tells of. */
enum Kind {
  /** Not a call: what the run was started with; the first record. */
  RUN('R'),
  /** Not a call: the files of a state are complete. */
  STATE('S'),
  GENERATE('g'),
  SCORE('s'),
  FOLLOW('f'),
  CLOCK('t'),
  SNAPSHOT('n'),
  SAVE('o'),
  TRAIN('b'),
  /** May attach an adapter. */
  TRAIN_ADAPTER('a', Part.ADAPTER),
  STEP_WEIGHTS('w', Part.WEIGHTS, Part.TRAINING),
  STEP_ADAPTER('l', Part.ADAPTER, Part.TRAINING),
  STEP_PROMPT('p', Part.TRAINING),
  CURRENT('c'),
  END_TRAINING('e'),
  MOVE('m', Part.values()),
  RESTORE('r', Part.WEIGHTS, Part.TRAINING),
  MERGE_ADAPTER('+', Part.WEIGHTS, Part.ADAPTER),
  LOAD_ADAPTER('<', Part.ADAPTER),
  DROP_ADAPTER('-', Part.ADAPTER);

  private final char mark;
  private final ImmutableSet<Part> changes;

  Kind(char mark, Part... changes) {
    this.mark = mark;
    this.changes = ImmutableSet.copyOf(changes);
  }

  /** The byte that stands for it in the file. */
  byte mark() {
    return (byte) mark;
  }

  /** The one that {@code mark} stands for; none where a later version wrote it. */
  static Optional<Kind> of(byte mark) {
    return Arrays.stream(values()).filter(kind -> kind.mark() == mark).findFirst();
  }

  ImmutableSet<Part> changes() {
    return changes;
  }

  /** As an error calls it. */
  String text() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
