package io.sande.resume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a journal has of earlier processes.
 *
 * @param run what the first one was started with; empty where it did not come so far
 * @param end place in the journal up to which nothing need be computed again
 */
record History(Optional<Map<String, String>> run, long end) {
  private static final int MOST_NAMED = 3;

  static History of(Journal journal) throws IOException {
    Optional<Map<String, String>> run = Optional.empty();
    long end = journal.length();
    Standing standing = new Standing();
    try (Journal.Reader records = journal.read()) {
      for (Optional<Journal.Entry> next = records.next(); next.isPresent(); next = records.next()) {
        Journal.Entry entry = next.get();
        Kind kind = entry.call().kind();
        switch (kind) {
          case RUN -> run = Optional.of(Codec.TEXTS.result(entry.result()));
          case STATE -> standing.saved(Codec.STORED.result(entry.result()));
          default -> standing.after(kind);
        }
        if (standing.isReachable() && kind != Kind.SAVE) { // which is done again where it was last
          end = entry.end();
        }
      }
    }
    return new History(run, end);
  }

  /** Refuses to go on from a run that was started with something else. */
  void check(Path folder, Map<String, String> now) {
    if (run.isEmpty() || run.get().equals(now)) {
      return;
    }
    List<String> different = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(run.get().keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String before = run.get().getOrDefault(name, "absent");
      String wanted = now.getOrDefault(name, "absent");
      if (!before.equals(wanted) && different.size() < MOST_NAMED) {
        different.add("%s was %s and is %s".formatted(name, before, wanted));
      }
    }
    throw new ResumeException(
        "[%s] has another run: %s. Repeat the run with the same data and options, or delete the folder to begin anew"
            .formatted(folder, String.join("; ", different)));
  }
}
