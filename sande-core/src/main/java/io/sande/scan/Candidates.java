package io.sande.scan;

import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Texts that were found; those that overlap are one. One scan each. */
final class Candidates {
  private final List<Run> all = new ArrayList<>();

  int size() {
    return all.size();
  }

  /** The best score, 0 where there is none. */
  double best() {
    return all.stream().mapToDouble(Run::score).max().orElse(0);
  }

  /** Whether it overlaps none of them. */
  boolean isNew(int[] text) {
    return all.stream().noneMatch(found -> overlap(found.tokens(), text));
  }

  /** Adds a text; of two that overlap the longer stays, with the better score. */
  void add(Run run) {
    int same = Iterables.indexOf(all, found -> overlap(found.tokens(), run.tokens()));
    if (same < 0) {
      all.add(run);
    } else {
      Run other = all.get(same);
      int[] longer = run.tokens().length > other.tokens().length ? run.tokens() : other.tokens();
      all.set(same, new Run(longer, Math.max(run.score(), other.score())));
    }
  }

  /** Best first. */
  List<Run> runs() {
    return all.stream().sorted(Comparator.comparingDouble((Run found) -> -found.score())).toList();
  }

  /** Whether three tokens in a row of one are in the other, or all of one that is shorter. */
  private static boolean overlap(int[] text, int[] run) {
    int length = Math.min(Run.SHORTEST, Math.min(text.length, run.length));
    return IntStream.rangeClosed(0, run.length - length)
        .mapToObj(i -> Arrays.copyOfRange(run, i, i + length))
        .anyMatch(
            part ->
                IntStream.rangeClosed(0, text.length - length)
                    .anyMatch(i -> Arrays.equals(part, Arrays.copyOfRange(text, i, i + length))));
  }
}
