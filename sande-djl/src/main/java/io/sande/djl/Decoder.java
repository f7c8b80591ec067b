package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.checkpoint.ModelConfig;
import io.sande.djl.kernel.Arguments;
import io.sande.djl.kernel.DType;
import io.sande.djl.kernel.Kernel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Weights and kernel of one model: what lives in native memory. Not thread-safe.
 *
 * <p>In float32 the weights are what is trained; in bfloat16 they are opaque to Java, and a
 * training keeps float32 masters beside them.
 */
final class Decoder implements AutoCloseable {
  private static final int LORA = 8; // place in a batch of the slots, before their scales

  private final ModelConfig config;
  private final DType dtype;
  private final NDManager manager;
  private final Memory memory;
  private final NDList weights;
  private @Nullable Adapter adapter;

  Decoder(ModelConfig config, DType dtype, NDManager manager, Memory memory, NDList weights) {
    this.config = config;
    this.dtype = dtype;
    this.manager = manager;
    this.memory = memory;
    this.weights = weights;
  }

  ModelConfig config() {
    return config;
  }

  DType dtype() {
    return dtype;
  }

  /** Owner of everything that lives as long as the model. */
  NDManager manager() {
    return manager;
  }

  Kernel kernel() {
    return memory.kernel();
  }

  /** Where tensors as large as the weights live. */
  Memory memory() {
    return memory;
  }

  /** All weights in the order of the layout, without an adapter. */
  NDList weights() {
    return weights;
  }

  @Nullable Adapter adapter() {
    return adapter;
  }

  void attach(@Nullable Adapter newAdapter) {
    adapter = newAdapter;
  }

  /** Weights and the attached adapter's tensors, as the kernel takes them. */
  NDList adaptedWeights() {
    NDList all = new NDList(weights);
    if (adapter != null) {
      all.addAll(adapter.tensors());
    }
    return all;
  }

  /** Log-probability of each target of {@code batch}, in its order. */
  float[] score(PackedBatch batch) {
    return forward("score", batch);
  }

  /** Logits [R, V] of the batch's rows, row-major. */
  float[] logits(PackedBatch batch) {
    return forward("output", batch);
  }

  private float[] forward(String method, PackedBatch batch) {
    try (NDManager scope = manager.newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(adaptedWeights())
              .list(batchArrays(scope, batch))
              .tensor(softValues(scope, batch));
      return kernel().call(scope, method, arguments).singletonOrThrow().toFloatArray();
    }
  }

  /** Keys and values of all layers for one packed prompt; they belong to {@code owner}. */
  NDList prefix(NDManager owner, PackedBatch prompt) {
    try (NDManager scope = manager.newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(adaptedWeights())
              .list(batchArrays(scope, prompt))
              .tensor(softValues(scope, prompt));
      return kernel().call(owner, "prefix", arguments);
    }
  }

  /**
   * Greedy continuation of packed prompts.
   *
   * @param prefix keys and values of as many tokens as the batch has before it; not empty
   * @return new tokens [B, n] in the order of the batch, the padding token after an end token
   */
  long[][] generate(PackedBatch prompts, NDList prefix, GenerationPlan plan) {
    try (NDManager scope = manager.newSubManager()) {
      Arguments arguments =
          new Arguments()
              .list(adaptedWeights())
              .list(batchArrays(scope, prompts))
              .tensor(softValues(scope, prompts))
              .list(plan.arrays(scope, prompts, config))
              .list(prefix);
      NDArray tokens = kernel().call(scope, "generate", arguments).singletonOrThrow();
      int columns = Math.toIntExact(tokens.getShape().get(1));
      long[] flat = tokens.toLongArray();
      return IntStream.range(0, prompts.lengths().length)
          .mapToObj(b -> Arrays.copyOfRange(flat, b * columns, (b + 1) * columns))
          .toArray(long[][]::new);
    }
  }

  /** The same without a prefix. */
  long[][] generate(PackedBatch prompts, GenerationPlan plan) {
    try (NDManager scope = manager.newSubManager()) {
      return generate(prompts, new NDList(scope.zeros(new Shape(1))), plan);
    }
  }

  /** The batch as the kernel's list {@code b}. */
  NDList batchArrays(NDManager scope, PackedBatch batch) {
    return batchArrays(scope, batch, batch.ids(), config.padToken());
  }

  /** The same for weights beside which another adapter stands, or none. */
  NDList batchArrays(NDManager scope, PackedBatch batch, @Nullable Adapter beside) {
    NDList arrays = batchArrays(scope, batch);
    int slots = 7 * config.layers();
    arrays.set(LORA, integers(scope, beside == null ? filled(slots, -1) : beside.slots()));
    arrays.set(LORA + 1, scope.create(beside == null ? new float[slots] : beside.scales()));
    return arrays;
  }

  /** The same with rows of another embedding table in place of the ids. */
  NDList batchArrays(NDManager scope, PackedBatch batch, int[] ids, int padRow) {
    RopeTable rope =
        RopeTable.of(config.rope(), config.headSize(), batch.positions(), batch.longest());
    NDList arrays =
        new NDList(
            integers(scope, ids),
            integers(scope, batch.rows()),
            integers(scope, batch.targets()),
            scope.create(
                Arrays.stream(batch.groups()).flatMapToInt(Arrays::stream).asLongStream().toArray(),
                new Shape(batch.groups().length, 3)),
            perHead(scope, rope.cos()),
            perHead(scope, rope.sin()),
            integers(scope, batch.softRows()),
            integers(scope, batch.softIndex()));
    arrays.addAll(loraArrays(scope));
    arrays.add(scope.create((long) padRow));
    return arrays;
  }

  /** Places of the attached adapter's tensors among the weights, -1 for none, and its scales. */
  NDList loraArrays(NDManager scope) {
    int slots = 7 * config.layers();
    return new NDList(
        integers(scope, adapter == null ? filled(slots, -1) : adapter.slots()),
        scope.create(adapter == null ? new float[slots] : adapter.scales()));
  }

  /** The batch's soft prompts [M, H]; one zero vector where it has none. */
  NDArray softValues(NDManager scope, PackedBatch batch) {
    float[] values = batch.softValues();
    return values.length == 0
        ? scope.zeros(new Shape(1, config.hidden()))
        : scope.create(values, new Shape(values.length / config.hidden(), config.hidden()));
  }

  /** Copies of tensors in {@code format}, owned by {@code owner}. */
  NDList copies(NDManager owner, List<NDArray> tensors, DType format) {
    NDList copies = new NDList();
    for (NDArray tensor : tensors) {
      copies.add(memory.empty(owner, tensor.getShape(), format));
    }
    move(copies, tensors, 1);
    return copies;
  }

  /** Moves tensors in place towards others of the same shapes. */
  void move(List<NDArray> tensors, List<NDArray> targets, double share) {
    try (NDManager scope = manager.newSubManager()) {
      Arguments arguments = new Arguments().list(tensors).list(targets).tensor(scope.create(share));
      kernel().call(scope, "move", arguments).close();
    }
  }

  /** Sets back the entries of each tensor that lie farthest from those of another list. */
  void restore(List<NDArray> tensors, List<NDArray> origins, double quantile) {
    try (NDManager scope = manager.newSubManager()) {
      Arguments arguments =
          new Arguments().list(tensors).list(origins).tensor(scope.create(quantile));
      kernel().call(scope, "restore", arguments).close();
    }
  }

  private NDArray perHead(NDManager scope, float[] values) {
    return perHead(scope, values, config.headSize());
  }

  /** Rows of D numbers. */
  static NDArray perHead(NDManager scope, float[] values, int headSize) {
    return scope.create(values, new Shape(values.length / headSize, headSize));
  }

  static NDArray integers(NDManager scope, int[] values) {
    return values.length == 0
        ? scope.create(new Shape(0), DataType.INT64)
        : scope.create(Arrays.stream(values).asLongStream().toArray());
  }

  private static int[] filled(int length, int value) {
    int[] filled = new int[length];
    Arrays.fill(filled, value);
    return filled;
  }

  @Override
  public void close() {
    kernel().close();
    manager.close();
  }
}
