package io.sande.model;

import java.util.List;

/**
 * Prompts whose keys and values are computed once, and then shared by every text that is tried
 * after them. Holds native memory until closed, and what it knows of the prompts is as the weights
 * were when it was made. Calls wait for other calls on the same model.
 */
public interface Continuations extends AutoCloseable {
  /**
   * Goes on from each start: the next token is the most probable one of the distribution that is
   * averaged over the prompts, never one that this text has already and never a special token but
   * the end of text, which ends it.
   *
   * @param starts token ids to stand after the prompts, none empty and all of one length
   * @param steps tokens to add, at least 0
   * @return one for each start, in their order
   * @throws IllegalArgumentException if a prompt, a start and its steps do not fit the context
   */
  List<Continuation> follow(List<int[]> starts, int steps);

  /** Frees keys and values. Closing twice does nothing. */
  @Override
  void close();
}
