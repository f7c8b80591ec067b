package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.checkpoint.TensorSpec;
import io.sande.djl.kernel.Arguments;
import io.sande.internal.Check;
import io.sande.model.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies of a model's weights and adapter, in their dtypes. */
final class DjlSnapshot implements Snapshot {
  private final DjlModel model;
  private final Decoder decoder;
  private final @Nullable Adapter adapter;
  private final NDManager owner;
  private final NDList copies;
  private boolean closed;

  DjlSnapshot(DjlModel model, Decoder decoder) {
    this.model = model;
    this.decoder = decoder;
    this.adapter = decoder.adapter();
    this.owner = decoder.manager().newSubManager();
    this.copies = decoder.copies(owner, decoder.adaptedWeights(), decoder.dtype());
  }

  boolean isOf(DjlModel other) {
    return model == other;
  }

  /** Moves the decoder's weights towards these. */
  void pull(double share) {
    checkOpen();
    NDList weights = decoder.adaptedWeights();
    Check.that(weights.size() == copies.size(), "adapter", "the one of the snapshot", "another");
    decoder.move(weights, copies, share);
  }

  /** Sets back the entries of {@code target}'s weights that lie farthest from these. */
  void restore(DjlModel target, double quantile) {
    checkOpen();
    Check.that(adapter == null, "snapshot", "one of a model without an adapter", "with one");
    checkSameTensors(target.layout().tensors(), model.layout().tensors());
    target.decoder().restore(target.decoder().weights(), copies, quantile);
  }

  private static void checkSameTensors(List<TensorSpec> wanted, List<TensorSpec> found) {
    for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
      Object want = i < wanted.size() ? wanted.get(i) : "no more tensors";
      Object have = i < found.size() ? found.get(i) : "no more tensors";
      Check.that(want.equals(have), "snapshot", "one of a model that has " + want, have);
    }
  }

  /** Runs a method of the kernel on these weights; {@code more} is its last list, if not empty. */
  NDArray call(NDManager scope, String method, PackedBatch batch, NDList more) {
    checkOpen();
    Arguments arguments =
        new Arguments()
            .list(copies)
            .list(decoder.batchArrays(scope, batch, adapter))
            .tensor(decoder.softValues(scope, batch));
    if (!more.isEmpty()) {
      arguments.list(more);
    }
    return decoder.kernel().call(scope, method, arguments).singletonOrThrow();
  }

  private void checkOpen() {
    Check.that(!closed, "snapshot", "open", "closed");
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
