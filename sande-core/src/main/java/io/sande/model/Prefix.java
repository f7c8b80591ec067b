package io.sande.model;

/**
 * Tokens that many prompts begin with, and where the engine can, their keys and values, computed
 * once. Made by {@link LanguageModel#prefix}; follows the weights of its model when they change.
 * Thread-safe. Holds native memory: close it, or close its model.
 */
public interface Prefix extends AutoCloseable {
  /** The tokens, at least one; a copy. */
  int[] ids();

  /** Frees what was kept; the prefix is of no use any more. Closing twice does nothing. */
  @Override
  void close();
}
