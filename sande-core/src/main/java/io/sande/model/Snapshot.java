package io.sande.model;

/** A copy of a model's weights in memory. Close it when it is not needed any more. */
public interface Snapshot extends AutoCloseable {
  /** Frees the copy. Closing twice does nothing. */
  @Override
  void close();
}
