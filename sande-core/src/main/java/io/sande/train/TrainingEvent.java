package io.sande.train;

/**
 * What a stage reports, in this order: {@link Started}, {@link Updated} for each update, then
 * {@link Finished} or {@link Failed}. A method of several stages reports them one after the other.
 */
public sealed interface TrainingEvent {
  /**
   * Nothing is trained yet.
   *
   * @param stage such as {@code osft}
   * @param updates that are to come
   */
  record Started(String stage, int updates) implements TrainingEvent {}

  /**
   * An update is done.
   *
   * @param update from 1
   * @param updates in all
   * @param loss before the update, in nats per token that carries loss
   * @param learningRate of the update
   */
  record Updated(int update, int updates, double loss, double learningRate)
      implements TrainingEvent {}

  /**
   * All updates are done.
   *
   * @param report of this stage
   */
  record Finished(StageReport report) implements TrainingEvent {}

  /**
   * The stage stopped; what was trained so far stays in the model.
   *
   * @param updates that were done
   * @param cause what the caller gets next
   */
  record Failed(int updates, RuntimeException cause) implements TrainingEvent {}
}
