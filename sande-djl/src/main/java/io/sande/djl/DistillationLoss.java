package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.kernel.Arguments;
import java.util.Arrays;

/** {@link io.sande.model.Objective.AttentionDistillation}. */
record DistillationLoss(Decoder decoder, DjlSnapshot teacher, double beta) implements Loss {
  private static final double KIND = 2;

  @Override
  public NDArray step(NDManager scope, PackedBatch batch, String method, Arguments arguments) {
    int[] sequences = batch.sequences();
    int[] ofEach = Arrays.stream(batch.own()).map(position -> sequences[position]).toArray();
    NDList goal =
        new NDList(
            scope.create(new double[] {KIND, beta}),
            Decoder.integers(scope, ofEach),
            scope.zeros(new Shape(batch.order().length)),
            Decoder.integers(scope, batch.own()));
    goal.add(teacher.call(scope, "attention", batch, goal));
    return decoder.kernel().call(scope, method, arguments.list(goal)).singletonOrThrow();
  }
}
