package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.collect.Lists;
import io.sande.djl.checkpoint.ModelConfig;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.text.CheckpointText;
import io.sande.internal.Check;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Keys and values of prompts in native memory. */
final class DjlContinuations implements Continuations {
  /** Numbers in the distributions [P, C, V] of one call, so that memory does not grow with C. */
  private static final int NUMBERS = 1 << 25;

  /** Rows P C of one call: more are no faster. */
  private static final int ROWS = 2048;

  private final DjlModel model;
  private final Decoder decoder;
  private final NDManager owner;
  private final PackedBatch prompts;
  private final Set<Integer> ends;

  /** Tokens that no text goes on with. */
  private final int[] never;

  private final NDList cache;
  private boolean closed;

  /** Computes what all candidates share. */
  DjlContinuations(DjlModel model, Decoder decoder, PackedBatch prompts, CheckpointText text) {
    this.model = model;
    this.decoder = decoder;
    this.prompts = prompts;
    this.ends = text.endTokens();
    this.never =
        IntStream.range(0, decoder.config().vocabulary())
            .filter(id -> text.isSpecial(id) && !ends.contains(id))
            .toArray();
    this.owner = decoder.manager().newSubManager();
    this.cache = prefix();
  }

  private NDList prefix() {
    try (NDManager scope = decoder.manager().newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(decoder.adaptedWeights())
              .list(decoder.batchArrays(scope, prompts))
              .tensor(decoder.softValues(scope, prompts))
              .list(new NDList(scope.create((long) prompts.longest())));
      return decoder.kernel().call(owner, "prompts", arguments);
    }
  }

  @Override
  public List<Continuation> follow(List<int[]> starts, int steps) {
    Check.notNegative("steps", steps);
    Check.that(!starts.isEmpty(), "starts", "at least one", "none");
    int length = starts.get(0).length;
    for (int[] start : starts) {
      Check.that(start.length == length, "start", "of " + length + " tokens", start.length);
      model.checkIds(start, prompts.longest() + length + steps);
    }
    List<Continuation> all = new ArrayList<>(starts.size());
    for (List<int[]> part : Lists.partition(starts, candidates())) {
      Check.notInterrupted("while following continuations");
      all.addAll(model.alone(() -> followPart(part, steps)));
    }
    return all;
  }

  private int candidates() {
    int rows = Math.min(ROWS, NUMBERS / decoder.config().vocabulary());
    return Math.max(1, rows / prompts.lengths().length);
  }

  private List<Continuation> followPart(List<int[]> starts, int steps) {
    Check.that(!closed, "continuations", "open", "closed");
    try (NDManager scope = decoder.manager().newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(decoder.adaptedWeights())
              .list(cache)
              .list(plan(scope, starts, steps));
      NDList found = decoder.kernel().call(scope, "follow", arguments);
      long[] tokens = found.get(0).toLongArray();
      float[] means = found.get(1).toFloatArray();
      float[] low = found.get(2).toFloatArray();
      int columns = tokens.length / starts.size();
      return IntStream.range(0, starts.size())
          .mapToObj(c -> row(tokens, means, low, new Row(c * columns, columns)))
          .toList();
    }
  }

  private NDList plan(NDManager scope, List<int[]> starts, int steps) {
    ModelConfig config = decoder.config();
    int length = starts.get(0).length;
    int[] flat = starts.stream().flatMapToInt(Arrays::stream).toArray();
    RopeTable rope =
        RopeTable.growing(config.rope(), config.headSize(), prompts.longest() + length + steps);
    NDArray ids = Decoder.integers(scope, flat).reshape(new Shape(starts.size(), length));
    NDList plan =
        new NDList(
            ids,
            Decoder.integers(scope, prompts.lengths()),
            Decoder.perHead(scope, rope.cos(), config.headSize()),
            Decoder.perHead(scope, rope.sin(), config.headSize()),
            Decoder.integers(scope, never));
    plan.addAll(decoder.loraArrays(scope));
    plan.add(scope.create(new long[] {prompts.longest(), steps}));
    return plan;
  }

  /** Where a candidate stands in the kernel's tables. */
  private record Row(int begin, int columns) {}

  private Continuation row(long[] tokens, float[] means, float[] low, Row row) {
    int length = 0;
    do {
      length++;
    } while (length < row.columns()
        && !ends.contains(Math.toIntExact(tokens[row.begin() + length - 1])));
    int begin = row.begin();
    int end = begin + length;
    return new Continuation(
        IntStream.range(begin, end).map(i -> Math.toIntExact(tokens[i])).toArray(),
        IntStream.range(begin, end).mapToDouble(i -> means[i]).toArray(),
        IntStream.range(begin, end).mapToDouble(i -> low[i]).toArray());
  }

  @Override
  public void close() {
    model.release(
        () -> {
          if (!closed) {
            closed = true;
            owner.close();
          }
        });
  }
}
