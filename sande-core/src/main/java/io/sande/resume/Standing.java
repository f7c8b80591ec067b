package io.sande.resume;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands: what the files of its last state have, and what has changed since. */
final class Standing {
  private final Set<Part> unsaved = EnumSet.noneOf(Part.class);
  private Stored stored = Stored.OPENED;
  private boolean adapter;
  private long changes;

  /** Takes note of a call. */
  void after(Kind kind) {
    unsaved.addAll(kind.changes());
    if (kind.changes().contains(Part.WEIGHTS) || kind.changes().contains(Part.ADAPTER)) {
      changes++;
    }
    switch (kind) {
      case END_TRAINING -> {
        unsaved.remove(Part.TRAINING);
        stored = stored.withoutTraining();
      }
      case TRAIN_ADAPTER, LOAD_ADAPTER -> adapter = true;
      case MERGE_ADAPTER, DROP_ADAPTER -> adapter = false;
      default -> {}
    }
  }

  /** Takes note of a state that has all. */
  void saved(Stored state) {
    stored = state;
    unsaved.clear();
  }

  Stored stored() {
    return stored;
  }

  /** Whether {@code part} has changed since the last state. */
  boolean isUnsaved(Part part) {
    return unsaved.contains(part);
  }

  /** Whether a run can go on from here with the files of {@link #stored}. */
  boolean isReachable() {
    return unsaved.isEmpty();
  }

  boolean hasAdapter() {
    return adapter;
  }

  /** Number of changes of weights or adapter so far. */
  long changes() {
    return changes;
  }
}
