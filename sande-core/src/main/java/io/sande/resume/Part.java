package io.sande.resume;

/** What a call may change, each in a file of its own. */
enum Part {
  WEIGHTS,
  ADAPTER,
  TRAINING
}
