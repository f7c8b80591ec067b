package io.sande.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.Rope;
import io.sande.model.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens and their keys and values. All but {@link #ids} is called while the model is locked. */
final class DjlPrefix implements Prefix {
  private final DjlModel model;
  private final Decoder decoder;
  private final int[] ids;
  private @Nullable NDManager manager;
  private NDList arrays = new NDList();
  private long version = -1;
  private boolean closed;

  DjlPrefix(DjlModel model, Decoder decoder, int[] ids) {
    this.model = model;
    this.decoder = decoder;
    this.ids = ids.clone();
  }

  boolean isOf(DjlModel other) {
    return model == other;
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  /**
   * Whether keys computed for the prefix alone are those of prompts of {@code longest} positions:
   * dynamic rope turns all keys of a long prompt in another way.
   */
  boolean holdsFor(int longest) {
    return !(decoder.config().rope() instanceof Rope.Dynamic rope)
        || longest <= rope.maxPositions();
  }

  /** Keys and values under the weights of {@code wanted}, computed when first needed. */
  NDList arrays(long wanted) {
    checkOpen();
    if (version != wanted) {
      free();
      NDManager owner = decoder.manager().newSubManager();
      manager = owner;
      arrays = decoder.prefix(owner, PackedBatch.ofPrompts(List.of(ids)));
      version = wanted;
    }
    return arrays;
  }

  /** Returns this; for use while the model is locked. */
  DjlPrefix checkOpen() {
    if (closed) {
      throw new IllegalStateException("the prefix is closed");
    }
    return this;
  }

  private void free() {
    if (manager != null) {
      manager.close();
      manager = null;
    }
  }

  @Override
  public void close() {
    model.release(
        () -> {
          closed = true;
          free();
        });
  }
}
