package io.sande.train;

import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which examples each update sees. */
final class Batches {
  private Batches() {}

  /** All batches of all epochs; the last batch of an epoch takes what is left. */
  static <T> List<List<T>> of(List<T> examples, TrainingOptions options) {
    Random random = new Random(options.seed());
    List<List<T>> batches = new ArrayList<>();
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      List<T> order = new ArrayList<>(examples);
      if (options.order() == Order.SHUFFLED) {
        Collections.shuffle(order, random);
      }
      batches.addAll(Lists.partition(order, options.batchSize()));
    }
    return batches;
  }
}
