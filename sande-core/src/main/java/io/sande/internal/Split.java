package io.sande.internal;

import java.util.List;

/**
 * Examples by what they are for.
 *
 * @param train those that something is trained on
 * @param heldBack those that no training sees
 */
public record Split<T>(List<T> train, List<T> heldBack) {
  /** Examples that it takes to hold one back. */
  public static final int ONE_IN = 5;

  /** Holds back the last fifth of {@code examples}; of fewer than five none. */
  public static <T> Split<T> ofLastFifth(List<T> examples) {
    int trained = examples.size() - examples.size() / ONE_IN;
    return new Split<>(examples.subList(0, trained), examples.subList(trained, examples.size()));
  }
}
