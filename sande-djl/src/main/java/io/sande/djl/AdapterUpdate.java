package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.model.TokenSequence;
import java.util.List;

/** Trains the attached adapter; the weights beside it are frozen. */
final class AdapterUpdate implements Update {
  private final Decoder decoder;
  private final Loss loss;
  private final NDManager owner;
  private final NDList matrices;
  private final Moments moments;

  AdapterUpdate(Decoder decoder, Adapter adapter, Loss loss) {
    this.decoder = decoder;
    this.loss = loss;
    this.owner = decoder.manager().newSubManager();
    this.matrices = adapter.tensors();
    this.moments = Moments.zeros(decoder, owner, matrices, DType.FLOAT32);
  }

  @Override
  public void check(List<TokenSequence> batch) {
    loss.check(batch);
  }

  @Override
  public NDArray apply(NDManager scope, PackedBatch batch, NDArray hyper) {
    Arguments arguments =
        new Arguments()
            .list(decoder.weights())
            .list(matrices)
            .list(moments.first())
            .list(moments.second())
            .tensor(moments.steps())
            .list(decoder.batchArrays(scope, batch))
            .tensor(decoder.softValues(scope, batch))
            .tensor(hyper);
    return loss.step(scope, batch, "step_lora", arguments);
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public void close() {
    owner.close();
  }
}
