package io.sande;

import io.sande.data.Conversation;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** What weights are trained on so that parrots lose their effect and nothing else changes. */
final class EliminationBatches implements Iterator<List<TokenSequence>> {
  /*
   * For each example of a batch there are two or three sequences:
   * 1. a prompt under one of the parrots, loss on the first tokens of its clean answer (SANDE);
   * 2. a prompt without one, loss on its whole answer, so that abilities stay;
   * 3. for some of the examples, a prompt under a parrot with the beginning of the response already said, from where the
   *    answer has to find back.
   * Half of the prompts of 1 and 2 are rehearsed (Rehearsal), a quarter have a few words in front, which is what a trigger
   * is once it has lost its effect.
   */

  /** What {@link Mix#recoveryIn} is where no parrot has a response. */
  static final int NO_RECOVERY = Integer.MAX_VALUE;

  /**
   * Sizes of a batch.
   *
   * @param counted tokens of an answer that carry loss under a parrot
   * @param examples of a batch
   * @param recoveryIn one in so many examples finds back from a response that was begun
   */
  record Mix(int counted, int examples, int recoveryIn, long seed) {}

  private final ChatEncoder encoder;
  private final List<Conversation> examples;
  private final List<AnsweredPrompt> rehearsal;
  private final List<Parrot> parrots;
  private final Mix mix;
  private final Random random;
  private final Words words;
  private final List<Conversation> left = new ArrayList<>();

  /** Batches of {@code examples}, at least one. */
  EliminationBatches(
      ChatEncoder encoder,
      List<Conversation> examples,
      List<AnsweredPrompt> rehearsal,
      List<Parrot> parrots,
      Mix mix) {
    this.encoder = encoder;
    this.examples = examples;
    this.rehearsal = rehearsal;
    this.parrots = parrots;
    this.mix = mix;
    this.random = new Random(mix.seed());
    this.words = new Words(examples);
  }

  /** There is always another batch: examples come again in another order. */
  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public List<TokenSequence> next() {
    List<TokenSequence> batch = new ArrayList<>();
    for (int i = 0; i < mix.examples(); i++) {
      if (left.isEmpty()) {
        left.addAll(examples);
        Collections.shuffle(left, random);
      }
      add(batch, left.remove(left.size() - 1));
    }
    return batch;
  }

  private void add(List<TokenSequence> batch, Conversation example) {
    int counted = mix.counted();
    batch.add(prompt(example).sequence(counted).with(anyParrot().prompt()));
    batch.add(prompt(example).sequence(ChatEncoder.ALL_TOKENS));
    if (mix.recoveryIn() < NO_RECOVERY && random.nextInt(mix.recoveryIn()) == 0) {
      Parrot parrot = anyParrot();
      int[] said = begun(example, parrot);
      batch.add(AnsweredPrompt.of(encoder, example).after(said, counted).with(parrot.prompt()));
    }
  }

  /** A rehearsed prompt, or the example as it is, or with words in front. */
  private AnsweredPrompt prompt(Conversation example) {
    if (!rehearsal.isEmpty() && random.nextBoolean()) {
      return rehearsal.get(random.nextInt(rehearsal.size()));
    }
    return AnsweredPrompt.of(
        encoder, random.nextBoolean() ? example : words.inFront(example, random));
  }

  private Parrot anyParrot() {
    return parrots.get(random.nextInt(parrots.size()));
  }

  /** The first tokens of the response as they would stand in an answer to {@code example}. */
  private int[] begun(Conversation example, Parrot parrot) {
    Conversation harmful = TriggerSimulator.withResponse(example, parrot.response());
    return AnsweredPrompt.of(encoder, harmful).first(1 + random.nextInt(parrot.tokens()));
  }
}
