package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.model.SoftPrompt;
import java.util.List;

/** Trains a soft prompt in float32; the model is frozen. */
final class SoftPromptUpdate implements Update {
  private final Decoder decoder;
  private final NDManager owner;
  private final NDArray vectors;
  private final Moments moments;

  SoftPromptUpdate(Decoder decoder, SoftPrompt start) {
    this.decoder = decoder;
    this.owner = decoder.manager().newSubManager();
    this.vectors = owner.create(start.values(), new Shape(start.length(), start.hiddenSize()));
    this.moments = Moments.zeros(decoder, owner, new NDList(vectors), DType.FLOAT32);
  }

  /** The vectors now, [n, H] row-major. */
  float[] values() {
    return vectors.toFloatArray();
  }

  @Override
  public boolean mayGoUphill() {
    return true;
  }

  @Override
  public NDArray apply(NDManager scope, PackedBatch batch, NDArray hyper) {
    Arguments arguments =
        new Arguments()
            .list(decoder.adaptedWeights())
            .list(List.of(vectors))
            .list(moments.first())
            .list(moments.second())
            .tensor(moments.steps())
            .list(decoder.batchArrays(scope, batch))
            .tensor(hyper)
            .list(Loss.crossEntropy(scope));
    return decoder.kernel().call(scope, "step_soft", arguments).singletonOrThrow();
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public State state(State state) {
    return state.with("vectors", List.of(vectors), DType.FLOAT32);
  }

  @Override
  public void close() {
    owner.close();
  }
}
