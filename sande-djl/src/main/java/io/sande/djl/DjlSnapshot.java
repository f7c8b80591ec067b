package io.sande.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.internal.Check;
import io.sande.model.Snapshot;

/** Copies of a model's weights and adapter, in their dtypes. */
final class DjlSnapshot implements Snapshot {
  private final DjlModel model;
  private final NDManager owner;
  private final NDList copies;
  private boolean closed;

  DjlSnapshot(DjlModel model, Decoder decoder) {
    this.model = model;
    this.owner = decoder.manager().newSubManager();
    this.copies = decoder.copies(owner, decoder.adaptedWeights(), decoder.dtype());
  }

  boolean isOf(DjlModel other) {
    return model == other;
  }

  /** Moves the decoder's weights towards these. */
  void pull(Decoder decoder, double share) {
    Check.that(!closed, "snapshot", "open", "closed");
    NDList weights = decoder.adaptedWeights();
    Check.that(weights.size() == copies.size(), "adapter", "the one of the snapshot", "another");
    decoder.move(weights, copies, share);
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
