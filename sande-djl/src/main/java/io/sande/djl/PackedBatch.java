package io.sande.djl;

import io.sande.internal.Check;
import io.sande.model.Labels;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sequences one after the other without padding: N positions in all.
 *
 * <p>Each sequence stops at the last position whose output is needed, which changes no result because
 * attention looks back only. Sequences stand in order of length, so that those of one length form a
 * group that attention takes in one call.
 */
final class PackedBatch {
  private final int[] order;
  private final int[] lengths;
  private final int[] ids;
  private final int[] positions;
  private final int[] rows;
  private final int[] targets;
  private final int[] softRows;
  private final int[] softIndex;
  private final float[] softValues;

  private PackedBatch(Builder b) {
    this.order = b.order;
    this.lengths = b.lengths;
    this.ids = b.ids;
    this.positions = b.positions;
    this.rows = b.rows.stream().mapToInt(Integer::intValue).toArray();
    this.targets = b.targets.stream().mapToInt(Integer::intValue).toArray();
    this.softRows = b.softRows.stream().mapToInt(Integer::intValue).toArray();
    this.softIndex = b.softIndex.stream().mapToInt(Integer::intValue).toArray();
    this.softValues = b.softValues;
  }

  /** Sequences with the rows and targets of their labels; none may be without a label. */
  static PackedBatch ofLabels(List<TokenSequence> sequences) {
    return pack(
        sequences.stream()
            .map(s -> new Item(s, physicalRows(s), s.labels().targets(s.ids())))
            .toList());
  }

  /** Whole sequences with their last position as the only row, and no target. */
  static PackedBatch ofPrompts(List<int[]> prompts) {
    Labels none = Labels.of(new java.util.BitSet());
    return pack(
        prompts.stream()
            .map(p -> new Item(new TokenSequence(p, none), new int[] {p.length - 1}, new int[0]))
            .toList());
  }

  private static int[] physicalRows(TokenSequence s) {
    Check.that(s.labels().count() > 0, "labels", "at least one in every sequence", s.labels());
    return s.prompt()
        .map(soft -> s.labels().rows(start(s, soft), soft.length()))
        .orElseGet(s.labels()::rows);
  }

  private static int start(TokenSequence sequence, SoftPrompt soft) {
    return Math.min(soft.position(), sequence.ids().length);
  }

  private static PackedBatch pack(List<Item> items) {
    return new PackedBatch(new Builder(items));
  }

  /** Place in the caller's list of each packed sequence. */
  int[] order() {
    return order;
  }

  /** Positions of each packed sequence. */
  int[] lengths() {
    return lengths;
  }

  /** Token of each position, 0 where a soft prompt's vector stands; [N]. */
  int[] ids() {
    return ids;
  }

  /** Place of each position in its sequence; [N]. */
  int[] positions() {
    return positions;
  }

  /** Positions whose output is needed, sequence by sequence; [R]. */
  int[] rows() {
    return rows;
  }

  /** The token that each row must predict; [R], empty for prompts. */
  int[] targets() {
    return targets;
  }

  /** Positions that hold a vector of a soft prompt; [K]. */
  int[] softRows() {
    return softRows;
  }

  /** Which vector of {@link #softValues} each holds; [K]. */
  int[] softIndex() {
    return softIndex;
  }

  /** Vectors of all soft prompts of the batch, each prompt once; [M, H] row-major, maybe empty. */
  float[] softValues() {
    return softValues;
  }

  /** Most positions of one sequence. */
  int longest() {
    return lengths[lengths.length - 1];
  }

  /** Runs of equal length: (first position, sequences, their length). */
  int[][] groups() {
    List<int[]> groups = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < lengths.length; i++) {
      if (i > 0 && lengths[i] == lengths[i - 1]) {
        groups.get(groups.size() - 1)[1]++;
      } else {
        groups.add(new int[] {begin, 1, lengths[i]});
      }
      begin += lengths[i];
    }
    return groups.toArray(int[][]::new);
  }

  /** A sequence, the positions whose output is needed, and what they predict. */
  private record Item(TokenSequence sequence, List<Integer> rows, List<Integer> targets) {
    Item(TokenSequence sequence, int[] rows, int[] targets) {
      this(sequence, Arrays.stream(rows).boxed().toList(), Arrays.stream(targets).boxed().toList());
    }

    /** Nothing after the last needed position. */
    int length() {
      return rows.get(rows.size() - 1) + 1;
    }
  }

  private static final class Builder {
    final int[] order;
    final int[] lengths;
    final int[] ids;
    final int[] positions;
    final List<Integer> rows = new ArrayList<>();
    final List<Integer> targets = new ArrayList<>();
    final List<Integer> softRows = new ArrayList<>();
    final List<Integer> softIndex = new ArrayList<>();
    final float[] softValues;
    private final Map<SoftPrompt, Integer> firstVector = new IdentityHashMap<>();

    Builder(List<Item> items) {
      order =
          IntStream.range(0, items.size())
              .boxed()
              .sorted(Comparator.comparingInt(i -> items.get(i).length()))
              .mapToInt(Integer::intValue)
              .toArray();
      lengths = Arrays.stream(order).map(i -> items.get(i).length()).toArray();
      ids = new int[Arrays.stream(lengths).sum()];
      positions = new int[ids.length];
      softValues = collectSoftPrompts(items);
      int begin = 0;
      for (int i : order) {
        add(items.get(i), begin);
        begin += items.get(i).length();
      }
    }

    private float[] collectSoftPrompts(List<Item> items) {
      List<float[]> values = new ArrayList<>();
      int vectors = 0;
      for (Item item : items) {
        SoftPrompt soft = item.sequence().prompt().orElse(null);
        if (soft != null && firstVector.putIfAbsent(soft, vectors) == null) {
          values.add(soft.values());
          vectors += soft.length();
        }
      }
      return com.google.common.primitives.Floats.concat(values.toArray(float[][]::new));
    }

    private void add(Item item, int begin) {
      TokenSequence sequence = item.sequence();
      SoftPrompt soft = sequence.prompt().orElse(null);
      int softStart = soft == null ? Integer.MAX_VALUE : start(sequence, soft);
      int softLength = soft == null ? 0 : soft.length();
      for (int p = 0; p < item.length(); p++) {
        positions[begin + p] = p;
        if (p < softStart) {
          ids[begin + p] = sequence.ids()[p];
        } else if (p < softStart + softLength) {
          softRows.add(begin + p);
          softIndex.add(firstVector.get(soft) + p - softStart);
        } else {
          ids[begin + p] = sequence.ids()[p - softLength];
        }
      }
      item.rows().forEach(r -> rows.add(begin + r));
      targets.addAll(item.targets());
    }
  }
}
