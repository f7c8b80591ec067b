package io.sande.resume;

/**
 * Which files have a state; each number is that of a file, by the length of the journal when it was
 * written.
 *
 * @param weights 0 for those of the checkpoint
 * @param adapter 0 for none
 * @param training 0 for none, or one that has made no step
 */
record Stored(long weights, long adapter, long training) {
  /** The checkpoint as it was opened. */
  static final Stored OPENED = new Stored(0, 0, 0);

  Stored withoutTraining() {
    return new Stored(weights, adapter, 0);
  }
}
