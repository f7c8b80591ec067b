package io.sande.djl;

import com.google.common.primitives.Floats;
import com.google.common.primitives.ImmutableIntArray;
import io.sande.internal.Check;
import io.sande.model.Labels;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sequences one after the other without padding between them: N positions in all.
 *
 * <p>Each sequence stops at the last position whose output is needed, which changes no result
 * because attention looks back only. Sequences stand in order of length, so that those of one
 * length form a group that attention takes in one call.
 */
final class PackedBatch {
  private static final int FULL = 16;

  private final int[] order;
  private final int[] lengths;
  private final int[] ids;
  private final int[] positions;
  private final int[] own;
  private final int[] rows;
  private final int[] targets;
  private final int[] softRows;
  private final int[] softIndex;
  private final float[] softValues;
  private final int longest;
  private final int offset;

  private PackedBatch(Builder b) {
    this.order = b.order.build().toArray();
    this.lengths = b.lengths.build().toArray();
    this.ids = b.ids.build().toArray();
    this.positions = b.positions.build().toArray();
    this.own = b.own.build().toArray();
    this.rows = b.rows.build().toArray();
    this.targets = b.targets.build().toArray();
    this.softRows = b.softRows.build().toArray();
    this.softIndex = b.softIndex.build().toArray();
    this.softValues = b.softValues();
    this.offset = b.offset;
    this.longest = offset + b.items.stream().mapToInt(i -> i.sequence().length()).max().orElse(0);
  }

  /** Sequences with the rows and targets of their labels; none may be without a label. */
  static PackedBatch ofLabels(List<TokenSequence> sequences) {
    return ofLabels(sequences, 1);
  }

  /**
   * The same, each sequence filled up to a multiple of 16 positions, which no label and nothing
   * before them sees. Products of such sizes are faster, and oneDNN compiles and keeps code for
   * each size that it meets.
   */
  static PackedBatch filled(List<TokenSequence> sequences) {
    return ofLabels(sequences, FULL);
  }

  private static PackedBatch ofLabels(List<TokenSequence> sequences, int multiple) {
    Builder builder = new Builder();
    builder.multiple = multiple;
    sequences.forEach(s -> builder.add(s, physicalRows(s), s.labels().targets(s.ids())));
    return builder.build();
  }

  /** Whole sequences with their last position as the only row, and no target. */
  static PackedBatch ofPrompts(List<int[]> prompts) {
    return ofPrompts(prompts, 0);
  }

  /** The same where {@code offset} tokens stand before every prompt, which are not in the batch. */
  static PackedBatch ofPrompts(List<int[]> prompts, int offset) {
    return ofPrompts(prompts.stream().map(PackedBatch::unlabelled), offset);
  }

  /** The same with the vectors of a soft prompt in each of them. */
  static PackedBatch ofPrompts(List<int[]> prompts, SoftPrompt soft) {
    return ofPrompts(prompts.stream().map(p -> unlabelled(p).with(soft)), 0);
  }

  private static PackedBatch ofPrompts(Stream<TokenSequence> prompts, int offset) {
    Builder builder = new Builder();
    builder.offset = offset;
    prompts.forEach(p -> builder.add(p, new int[] {p.length() - 1}, new int[0]));
    return builder.build();
  }

  private static TokenSequence unlabelled(int[] ids) {
    return new TokenSequence(ids, Labels.of(new BitSet()));
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

  /** Place in the caller's list of each packed sequence. */
  int[] order() {
    return order;
  }

  /** Which packed sequence each position belongs to; [N]. */
  int[] sequences() {
    return IntStream.range(0, lengths.length)
        .flatMap(i -> IntStream.generate(() -> i).limit(lengths[i]))
        .toArray();
  }

  /** Positions of each packed sequence. */
  int[] lengths() {
    return lengths;
  }

  /** Token of each position, 0 where a soft prompt's vector stands; [N]. */
  int[] ids() {
    return ids;
  }

  /** Place of each position in its sequence, what stands before it counted; [N]. */
  int[] positions() {
    return positions;
  }

  /** Positions that sequences are not filled up with; [M]. */
  int[] own() {
    return own;
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

  /** Tokens before every sequence that are not in the batch. */
  int offset() {
    return offset;
  }

  /** Positions of the longest sequence as it was given, on which dynamic rope depends. */
  int longest() {
    return longest;
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

  /**
   * A sequence, the positions whose output is needed, and what they predict.
   *
   * @param softFirst place of its soft prompt's first vector in the batch's
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Item(TokenSequence sequence, int[] rows, int[] targets, int softFirst) {
    /** Nothing after the last needed position. */
    int length() {
      return rows[rows.length - 1] + 1;
    }
  }

  private static final class Builder {
    private final List<Item> items = new ArrayList<>();
    private final Map<SoftPrompt, Integer> softFirst = new LinkedHashMap<>();
    private int vectors;
    private int offset;
    private int multiple = 1;
    private final ImmutableIntArray.Builder order = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder lengths = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder ids = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder positions = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder own = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder rows = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder targets = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder softRows = ImmutableIntArray.builder();
    private final ImmutableIntArray.Builder softIndex = ImmutableIntArray.builder();

    void add(TokenSequence sequence, int[] rows, int[] targets) {
      int first = sequence.prompt().map(this::place).orElse(0);
      items.add(new Item(sequence, rows, targets, first));
    }

    private int place(SoftPrompt soft) {
      Integer known = softFirst.get(soft);
      if (known != null) {
        return known;
      }
      softFirst.put(soft, vectors);
      vectors += soft.length();
      return vectors - soft.length();
    }

    float[] softValues() {
      return Floats.concat(
          softFirst.keySet().stream().map(SoftPrompt::values).toArray(float[][]::new));
    }

    PackedBatch build() {
      int begin = 0;
      List<Integer> sorted =
          IntStream.range(0, items.size())
              .boxed()
              .sorted(Comparator.comparingInt(i -> items.get(i).length()))
              .toList();
      for (int i : sorted) {
        order.add(i);
        append(items.get(i), begin);
        begin += fill(items.get(i));
      }
      return new PackedBatch(this);
    }

    /** Positions of what {@code item} becomes, its first token behind it as often as needed. */
    private int fill(Item item) {
      int length = (item.length() + multiple - 1) / multiple * multiple;
      for (int p = item.length(); p < length; p++) {
        ids.add(item.sequence().ids()[0]);
        positions.add(offset);
      }
      lengths.add(length);
      return length;
    }

    private void append(Item item, int begin) {
      SoftPrompt soft = item.sequence().prompt().orElse(null);
      int[] tokens = item.sequence().ids();
      int softBegin = soft == null ? tokens.length : start(item.sequence(), soft);
      int softEnd = soft == null ? softBegin : softBegin + soft.length();
      for (int p = 0; p < item.length(); p++) {
        positions.add(offset + p);
        own.add(begin + p);
        if (p >= softBegin && p < softEnd) {
          ids.add(0);
          softRows.add(begin + p);
          softIndex.add(item.softFirst() + p - softBegin);
        } else {
          ids.add(tokens[p < softBegin ? p : p - (softEnd - softBegin)]);
        }
      }
      Arrays.stream(item.rows()).forEach(r -> rows.add(begin + r));
      targets.addAll(item.targets());
    }
  }
}
