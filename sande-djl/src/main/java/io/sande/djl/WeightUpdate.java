package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.model.AdamW;
import io.sande.model.TokenSequence;
import io.sande.model.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Trains all weights.
 *
 * <p>In float32 the model's weights are changed in place. In bfloat16 float32 masters are, and the
 * model's weights follow them; or the weights themselves are, rounded at random. The embedding is
 * trained by its touched rows where that is exact: when it is not the output layer too, and nothing
 * decays.
 */
final class WeightUpdate implements Update {
  private final Decoder decoder;
  private final Loss loss;
  private final NDManager owner;
  private final @Nullable TouchedRows embedding;
  private final NDList weights;
  private final NDList masters;
  private final Moments moments;
  private final @Nullable NDArray noise;
  private final @Nullable NDArray gradients;

  WeightUpdate(Decoder decoder, AdamW optimizer, Loss loss, Weights trained) {
    this.decoder = decoder;
    this.loss = loss;
    this.owner = decoder.manager().newSubManager();
    boolean compact = !decoder.config().tied() && optimizer.weightDecay() == 0;
    this.embedding = compact ? new TouchedRows(decoder, owner) : null;
    NDList all = decoder.weights();
    this.weights = compact ? all.subNDList(1) : all;
    this.noise =
        trained instanceof Weights.Rounded rounded && decoder.dtype() != DType.FLOAT32
            ? noise(rounded.seed())
            : null;
    this.masters = mixed() ? decoder.copies(owner, weights, DType.FLOAT32) : weights;
    DType kept = noise == null ? DType.FLOAT32 : decoder.dtype();
    this.moments = Moments.zeros(decoder, owner, masters, kept);
    this.gradients = noise == null ? gradients() : null;
  }

  private boolean mixed() {
    return decoder.dtype() != DType.FLOAT32 && noise == null;
  }

  /** Twice as many as the kernel rounds at a time, so that each update begins elsewhere. */
  private NDArray noise(long seed) {
    return owner.create(new SplittableRandom(seed).ints(1 << 21, 0, 1 << 16).toArray());
  }

  /**
   * Room for the gradients of all matrices of the layers: without it each is computed twice, for
   * the norm and for the update. Where memory is what counts there is none.
   */
  private NDArray gradients() {
    NDList all = decoder.weights();
    long size =
        all.subNDList(decoder.config().tied() ? 2 : 3).stream()
            .filter(weight -> weight.getShape().dimension() == 2)
            .mapToLong(NDArray::size)
            .sum();
    boolean room = decoder.memory().folder() == null;
    return decoder.memory().empty(owner, new Shape(room ? size : 0), decoder.dtype());
  }

  @Override
  public void check(List<TokenSequence> batch) {
    loss.check(batch);
  }

  @Override
  public NDArray apply(NDManager scope, PackedBatch batch, NDArray hyper) {
    int[] ids = batch.ids();
    int padRow = decoder.config().padToken();
    if (embedding != null) {
      embedding.touch(ids);
      ids = embedding.rows(ids);
      padRow = embedding.row(padRow);
    }
    Arguments arguments = new Arguments();
    if (mixed()) {
      arguments.list(withEmbedding(computed(scope), weights));
    }
    arguments
        .list(withEmbedding(embedding == null ? null : embedding.values(), masters))
        .list(withEmbedding(embedding == null ? null : embedding.first(), moments.first()))
        .list(withEmbedding(embedding == null ? null : embedding.second(), moments.second()))
        .tensor(moments.steps())
        .list(decoder.batchArrays(scope, batch, ids, padRow))
        .tensor(decoder.softValues(scope, batch))
        .tensor(hyper);
    if (noise != null) {
      arguments.tensor(noise);
    }
    if (gradients != null) {
      arguments.tensor(gradients);
    }
    String method = noise != null ? "step_rounded" : mixed() ? "step_mixed" : "step";
    NDArray before = loss.step(scope, batch, method, arguments);
    if (embedding != null) {
      embedding.scatter();
    }
    return before;
  }

  /** The touched rows in the dtype of the model. */
  private @Nullable NDArray computed(NDManager scope) {
    return embedding == null
        ? null
        : decoder.copies(scope, new NDList(embedding.values()), decoder.dtype()).get(0);
  }

  private static NDList withEmbedding(@Nullable NDArray rows, NDList others) {
    NDList all = new NDList();
    if (rows != null) {
      all.add(rows);
    }
    all.addAll(others);
    return all;
  }

  @Override
  public void reload() {
    if (embedding != null) {
      embedding.reload();
    }
    if (mixed()) {
      decoder.move(masters, weights, 1);
    }
  }

  @Override
  public Moments moments() {
    return moments;
  }

  /** Where noise begins follows from the number of updates. */
  @Override
  public State state(State state) {
    if (mixed()) {
      state.with("master", masters, DType.FLOAT32);
    }
    return embedding == null ? state : state.with("rows", embedding.state(), DType.FLOAT32);
  }

  @Override
  public int[] touched() {
    return embedding == null ? new int[0] : embedding.tokens();
  }

  @Override
  public void touch(int[] tokens) {
    if (embedding == null) {
      Update.super.touch(tokens);
    } else {
      embedding.start(tokens);
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
