package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.kernel.Arguments;
import java.util.Arrays;

/**
 * The rows of an embedding that a training has met, as a small matrix that stands in for it.
 *
 * <p>A row that no step has touched has zero moments, so AdamW without decay leaves it as it is: to
 * train the touched rows alone is exact, and saves the gradient and the moments of all others.
 */
final class TouchedRows implements AutoCloseable {
  private final Decoder decoder;
  private final NDManager owner;
  private final int[] rowOf;
  private int[] tokens = {};
  private NDList state;

  /** Nothing touched yet; the full table is the decoder's first weight. */
  TouchedRows(Decoder decoder, NDManager owner) {
    this.decoder = decoder;
    this.owner = owner;
    this.rowOf = new int[decoder.config().vocabulary()];
    Arrays.fill(rowOf, -1);
    this.state = new NDList();
  }

  /** Adds the rows of tokens not met before; true if there were any. */
  boolean touch(int[] ids) {
    int[] fresh = Arrays.stream(ids).distinct().filter(id -> rowOf[id] < 0).toArray();
    if (fresh.length == 0) {
      return false;
    }
    for (int i = 0; i < fresh.length; i++) {
      rowOf[fresh[i]] = tokens.length + i;
    }
    tokens = com.google.common.primitives.Ints.concat(tokens, fresh);
    grow(fresh);
    return true;
  }

  /** Forgets all rows, and has those of {@code tokens} instead. */
  void start(int[] tokens) {
    Arrays.fill(rowOf, -1);
    this.tokens = new int[0];
    state.close();
    state = new NDList();
    touch(tokens);
  }

  /** Those met, in the order of their rows. */
  int[] tokens() {
    return tokens.clone();
  }

  /** Rows and both moments; nothing before the first step. */
  NDList state() {
    return state;
  }

  private void grow(int[] fresh) {
    try (NDManager scope = owner.newSubManager()) {
      NDList old = state.isEmpty() ? nothing(scope) : state;
      Arguments arguments =
          new Arguments().list(old).tensor(table()).tensor(Decoder.integers(scope, fresh));
      NDList grown = decoder.kernel().call(owner, "grow", arguments);
      state.close();
      state = grown;
    }
  }

  private NDList nothing(NDManager scope) {
    ai.djl.ndarray.types.Shape none = new ai.djl.ndarray.types.Shape(0, decoder.config().hidden());
    return new NDList(scope.zeros(none), scope.zeros(none), scope.zeros(none));
  }

  /** Row of each token, all of which have been touched. */
  int[] rows(int[] ids) {
    return Arrays.stream(ids).map(id -> rowOf[id]).toArray();
  }

  /** Row of one token, -1 if it was never touched. */
  int row(int id) {
    return id < 0 ? -1 : rowOf[id];
  }

  /** Float32 rows [n, H]. */
  NDArray values() {
    return state.get(0);
  }

  /** First moment of {@link #values}. */
  NDArray first() {
    return state.get(1);
  }

  /** Second moment of {@link #values}. */
  NDArray second() {
    return state.get(2);
  }

  /** Writes the rows back to the full table. */
  void scatter() {
    try (NDManager scope = owner.newSubManager()) {
      Arguments arguments =
          new Arguments().tensor(table()).tensor(Decoder.integers(scope, tokens)).tensor(values());
      decoder.kernel().call(scope, "scatter", arguments);
    }
  }

  /** Reads the rows anew from the full table, after it was changed from elsewhere. */
  void reload() {
    if (tokens.length > 0) {
      try (NDManager scope = owner.newSubManager()) {
        Arguments arguments =
            new Arguments()
                .list(nothing(scope))
                .tensor(table())
                .tensor(Decoder.integers(scope, tokens));
        NDList fresh = decoder.kernel().call(scope, "grow", arguments);
        decoder.move(new NDList(values()), new NDList(fresh.get(0)), 1);
      }
    }
  }

  private NDArray table() {
    return decoder.weights().get(0);
  }

  @Override
  public void close() {
    state.close();
  }
}
