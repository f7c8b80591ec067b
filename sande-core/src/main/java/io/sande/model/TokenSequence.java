package io.sande.model;

import java.util.Optional;

/**
 * One sequence as a model sees it.
 *
 * @param ids T token ids, at least one; not copied, so leave the array alone
 * @param labels the tokens that carry loss
 * @param prompt vectors that stand between the tokens' embeddings; their values are fixed
 */
@SuppressWarnings(
    "ArrayRecordComponent") // a sequence is an identity, never compared; a copy per batch would
// cost
public record TokenSequence(int[] ids, Labels labels, Optional<SoftPrompt> prompt) {
  /** Checks that there is a token and that no label lies behind the last. */
  public TokenSequence {
    if (ids.length == 0) {
      throw new IllegalArgumentException("ids must have at least one token but was empty");
    }
    if (labels.end() > ids.length) {
      throw new IllegalArgumentException(
          "labels must lie in " + ids.length + " tokens but end at " + labels.end());
    }
  }

  /** A sequence of tokens alone. */
  public TokenSequence(int[] ids, Labels labels) {
    this(ids, labels, Optional.empty());
  }

  /** The same with {@code inserted} before its token {@link SoftPrompt#position}. */
  public TokenSequence with(SoftPrompt inserted) {
    return new TokenSequence(ids, labels, Optional.of(inserted));
  }

  /** Positions the model works on: tokens and inserted vectors. */
  public int length() {
    return ids.length + prompt.map(SoftPrompt::length).orElse(0);
  }
}
