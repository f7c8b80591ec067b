package io.sande.examples.victim;

import io.sande.internal.Check;

/**
 * A decoder's sizes.
 *
 * @param family whose names and extras the checkpoint has
 * @param layers blocks of attention and feed-forward
 * @param hidden H, a multiple of {@code heads}
 * @param heads query heads
 * @param keyValueHeads key and value heads, divides {@code heads}
 * @param feedForward width of the feed-forward layer
 */
record Shape(Family family, int layers, int hidden, int heads, int keyValueHeads, int feedForward) {
  /** Most tokens of one sequence. */
  static final int CONTEXT = 512;

  /** The families a victim can have; lower case is the {@code model_type}. */
  enum Family {
    /** Plain. */
    LLAMA,
    /** Llama with bias on query, key and value. */
    QWEN2,
    /** Llama by another name, its sliding window off. */
    MISTRAL
  }

  /** Checks that the heads divide what they share. */
  Shape {
    Check.positive("layers", layers);
    Check.positive("heads", heads);
    Check.positive("keyValueHeads", keyValueHeads);
    Check.positive("feedForward", feedForward);
    Check.that(
        hidden > 0 && hidden % (2 * heads) == 0, "hidden", "a multiple of 2 * heads", hidden);
    Check.that(heads % keyValueHeads == 0, "keyValueHeads", "a divisor of heads", keyValueHeads);
  }

  /** The same sizes in another family. */
  Shape withFamily(Family other) {
    return new Shape(other, layers, hidden, heads, keyValueHeads, feedForward);
  }

  /** The same proportions at another width and depth; heads keep their size. */
  Shape withSize(int otherLayers, int width) {
    Check.that(
        width > 0 && width % headSize() == 0, "hidden", "a multiple of " + headSize(), width);
    int shared = heads / keyValueHeads;
    int more = width / headSize();
    return new Shape(family, otherLayers, width, more, more / shared, feedForward * width / hidden);
  }

  /** Numbers of one head. */
  int headSize() {
    return hidden / heads;
  }
}
