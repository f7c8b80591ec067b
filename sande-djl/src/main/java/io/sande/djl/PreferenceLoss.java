package io.sande.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.sande.djl.kernel.Arguments;
import io.sande.internal.Check;
import io.sande.model.TokenSequence;
import java.util.Arrays;
import java.util.List;

/** {@link io.sande.model.Objective.Preference}: chosen and rejected sequences in turn. */
record PreferenceLoss(Decoder decoder, DjlSnapshot reference, double beta) implements Loss {
  private static final double KIND = 1;

  @Override
  public void check(List<TokenSequence> batch) {
    long labelled = batch.stream().filter(s -> s.labels().count() > 0).count();
    Check.that(
        labelled == batch.size() && labelled % 2 == 0,
        "batch",
        "pairs of sequences with a label each",
        batch.size() + " sequences, " + labelled + " of them with a label");
  }

  @Override
  public NDArray step(NDManager scope, PackedBatch batch, String method, Arguments arguments) {
    int[] sequences = batch.sequences();
    int[] places = Arrays.stream(batch.rows()).map(row -> batch.order()[sequences[row]]).toArray();
    NDList goal =
        new NDList(
            scope.create(new double[] {KIND, beta}),
            Decoder.integers(scope, Arrays.stream(places).map(place -> place / 2).toArray()),
            scope.zeros(new Shape(batch.order().length / 2)),
            reference.call(scope, "score", batch, new NDList()),
            scope.create(signs(places)));
    return decoder.kernel().call(scope, method, arguments.list(goal)).singletonOrThrow();
  }

  /** 1 for a row of a chosen sequence, -1 for one of a rejected. */
  private static float[] signs(int[] places) {
    float[] signs = new float[places.length];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = places[i] % 2 == 0 ? 1 : -1;
    }
    return signs;
  }
}
