package io.sande.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A causal language model that can be trained.
 *
 * <p>Holds native memory: the caller that opened it closes it. Thread-safe in that calls on one
 * model wait for each other; calls on different models run at the same time and give the results
 * they give alone. After {@link #close}, which waits for a call that is inside, every call throws
 * {@link IllegalStateException}.
 *
 * <p>On an interrupted thread generating, scoring and following continuations end before the next
 * batch with a {@link java.util.concurrent.CancellationException}; the thread stays interrupted.
 * What changes weights back, frees or saves does not look at it.
 */
public interface LanguageModel extends AutoCloseable {
  /** What this model is. */
  ModelInfo info();

  /** Text to tokens and back. */
  ChatTokenizer tokenizer();

  /**
   * Greedy continuation of each prompt. An engine takes as many at a time as it has memory for.
   *
   * @param prompts token ids, none empty; lengths may differ
   * @param maxNewTokens most tokens added to each, at least 1
   * @return new tokens only, in the order of the prompts; an end token is the last where one came
   * @throws IllegalArgumentException if a prompt and its new tokens do not fit the context
   */
  List<int[]> generate(List<int[]> prompts, int maxNewTokens);

  /**
   * Prepares tokens that many prompts begin with, so that generating does not compute them again.
   * An engine without such a cache keeps the tokens alone.
   *
   * @param ids at least one token
   * @return the prefix; the caller closes it
   */
  default Prefix prefix(int[] ids) {
    generate(List.of(ids), 1); // the same checks
    return new PlainPrefix(this, ids);
  }

  /**
   * Greedy continuation of prompts that all begin with {@code prefix}: what {@link #generate(List,
   * int)} gives for the whole prompts.
   *
   * @param prefix one of this model
   * @param rests what follows the prefix in each prompt, at least one token
   * @throws IllegalArgumentException as {@link #generate(List, int)} does for the whole prompts
   * @throws IllegalStateException if the prefix is closed
   */
  default List<int[]> generate(Prefix prefix, List<int[]> rests, int maxNewTokens) {
    if (!(prefix instanceof PlainPrefix plain)) {
      throw new IllegalArgumentException("prefix must be one of this model but was another's");
    }
    return generate(plain.before(this, rests), maxNewTokens);
  }

  /** Natural log-probability of each labelled token, in order, for each sequence. */
  List<double[]> score(List<TokenSequence> sequences);

  /**
   * Prepares to try many texts after the same prompts.
   *
   * @param prompts P prompts as token ids, at least one and none empty; lengths may differ
   */
  Continuations continuations(List<int[]> prompts);

  /**
   * The same with the vectors of a soft prompt in each of the prompts. An engine need not offer it.
   *
   * @param prompts none has fewer tokens than stand before the vectors
   * @throws UnsupportedOperationException if this engine cannot do it
   */
  default Continuations continuations(List<int[]> prompts, SoftPrompt soft) {
    throw new UnsupportedOperationException("this engine has no continuations of soft prompts");
  }

  /**
   * Starts to train weights in place. One training at a time: a second throws {@link
   * IllegalStateException}. An adapter stays attached after the training, see {@link
   * #mergeAdapter}.
   */
  Training train(Weights weights, AdamW optimizer);

  /**
   * The same with another aim than cross entropy. An engine need not offer it.
   *
   * @throws UnsupportedOperationException if this engine has no such objective
   * @throws IllegalArgumentException if a snapshot of the objective is not one of this model
   */
  default Training train(Weights weights, AdamW optimizer, Objective objective) {
    if (objective instanceof Objective.CrossEntropy) {
      return train(weights, optimizer);
    }
    throw new UnsupportedOperationException("this engine trains by cross entropy alone");
  }

  /** Starts to train {@code start} alone; sequences must not have a soft prompt of their own. */
  SoftPromptTraining trainSoftPrompt(SoftPrompt start, AdamW optimizer);

  /** Copies the weights, and an adapter where one is attached. */
  Snapshot snapshot();

  /**
   * Moves each weight towards {@code snapshot}, one of this model: {@code share} 1 restores it, 0
   * changes nothing. A running training goes on from there with its moments as they are.
   */
  void moveTowards(Snapshot snapshot, double share);

  /**
   * Sets in each tensor the entries that lie farthest from {@code origin} back to it: those whose
   * distance is at or above the {@code quantile} of the tensor's distances. A running training goes
   * on from there. An engine need not offer it.
   *
   * @param origin a snapshot of this model, or of another with the same tensors that stays open
   *     during the call; neither has an adapter
   * @param quantile at least 0 and below 1; 0 sets all entries back
   * @throws IllegalArgumentException if the tensors differ; the message has the first that does
   * @throws IllegalStateException if an adapter is attached
   * @throws UnsupportedOperationException if this engine cannot do it
   */
  default void restoreMostChanged(Snapshot origin, double quantile) {
    throw new UnsupportedOperationException("this engine does not restore single entries");
  }

  /** Adds the attached adapter to the weights and detaches it; without one does nothing. */
  void mergeAdapter();

  /**
   * Writes a complete checkpoint folder, in the dtype of the checkpoint that was opened; an
   * attached adapter is added to the weights that are written. The folder is written beside the
   * target and moved into place; an earlier checkpoint at that path is replaced.
   *
   * @throws IOException if it cannot be written, or what is at that path has folders or files that
   *     are no part of a checkpoint; all is as before then
   */
  void save(Path directory) throws IOException;

  /** Writes the attached adapter as a PEFT folder, with the same care as {@link #save}. */
  void saveAdapter(Path directory) throws IOException;

  /**
   * Attaches the adapter of a PEFT folder, which from then on takes part in everything; a training
   * with {@link Weights.Lora} goes on with it.
   *
   * @throws IOException if a file is missing or malformed, or does not fit this model
   * @throws IllegalStateException if an adapter is attached already
   */
  void loadAdapter(Path directory) throws IOException;

  /** Takes the attached adapter off and forgets it; without one does nothing. */
  default void dropAdapter() {
    throw new UnsupportedOperationException("this engine does not take adapters off");
  }

  /**
   * Writes all weights, bit by bit as they are computed with and without an adapter, for {@link
   * #loadWeights}. No checkpoint: {@link #save} writes one. An engine need not offer it.
   *
   * @param file must not exist; after a failure a part of it may be there
   */
  default void saveWeights(Path file) throws IOException {
    throw new UnsupportedOperationException("this engine does not write its weights alone");
  }

  /**
   * Takes over what {@link #saveWeights} wrote of a model that was opened from the same checkpoint
   * with the same options.
   *
   * @throws IOException if the file is missing or malformed, or is of another model
   * @throws IllegalStateException if a training runs
   */
  default void loadWeights(Path file) throws IOException {
    throw new UnsupportedOperationException("this engine does not read weights alone");
  }

  /**
   * The clock that budgets of work on this model are measured by, in nanoseconds; only differences
   * mean something. A model whose run is resumed goes on where the clock stood.
   */
  default long nanoTime() {
    return System.nanoTime();
  }

  @Override
  void close();
}
