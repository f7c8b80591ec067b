package io.sande.train;

/**
 * Watches a training on the thread that trains, so be quick. What it throws ends the training and
 * reaches the caller.
 */
@FunctionalInterface
public interface TrainingListener {
  /** Ignores everything. */
  TrainingListener NONE = event -> {};

  /** Takes one event; {@link TrainingEvent} has their order. */
  void on(TrainingEvent event);

  /** Tells {@code next} after this one. */
  default TrainingListener andThen(TrainingListener next) {
    return event -> {
      on(event);
      next.on(event);
    };
  }
}
