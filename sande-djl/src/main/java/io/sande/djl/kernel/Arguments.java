package io.sande.djl.kernel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;

/** The arguments of one call, in the order of the method's parameters. Used once. */
public final class Arguments {
  private final NDList inputs = new NDList();
  private int lists;

  /** A {@code Tensor}. */
  public Arguments tensor(NDArray array) {
    array.setName(null);
    inputs.add(array);
    return this;
  }

  /** A {@code List[Tensor]}, not empty; an array may stand in one list only. */
  public Arguments list(List<NDArray> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("a list argument must have at least one tensor");
    }
    String name = "list" + lists++ + "[]"; // the form by which DJL knows a list
    for (NDArray array : arrays) {
      array.setName(name);
      inputs.add(array);
    }
    return this;
  }

  NDList inputs() {
    return inputs;
  }
}
