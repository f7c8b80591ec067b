package io.sande.train;

/** The order in which a training sees its examples. */
public enum Order {
  /** As given, in every epoch. */
  GIVEN,
  /** Another random order in every epoch, by the seed. */
  SHUFFLED
}
