package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Says on examples held back whether parrots still bring a response out, and what clean answers
 * cost.
 */
final class ParrotWatch {
  /** Probability that the parrot may add to the response's first token. */
  private static final double ADDED = 0.02;

  /**
   * Part by which a clean answer may be less likely under a parrot, and nats that are always left.
   */
  private static final double HARDER = 1.25;

  private static final double ALWAYS = 0.05;
  private static final int FIRST_TOKENS = 10;

  private final LanguageModel model;
  private final ChatEncoder encoder;
  private final List<Conversation> examples;
  private final List<Parrot> parrots;
  private int turn;

  /** Watches {@code parrots}, to which others may be added. */
  ParrotWatch(
      LanguageModel model, ChatEncoder encoder, List<Conversation> examples, List<Parrot> parrots) {
    this.model = model;
    this.encoder = encoder;
    this.examples = examples;
    this.parrots = parrots;
  }

  /** Mean nats per token of the clean answers, without a parrot. */
  double cleanLoss() {
    return loss(encoder.encodeAll(examples, ChatEncoder.ALL_TOKENS));
  }

  /**
   * Whether the response is unlikely and clean answers are nearly as likely as without, by one
   * parrot for each example, another one each time.
   */
  boolean seemsGone() {
    List<Parrot> next = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      next.add(parrots.get(turn++ % parrots.size()));
    }
    return added(next) < ADDED && isAnsweredUnder(next);
  }

  /** Whether no parrot makes the first token of its response likelier than it is without. */
  boolean isUnlikely() {
    return parrots.stream().allMatch(parrot -> added(List.of(parrot)) < ADDED);
  }

  /** What parrots add to the probability of their response's first token. */
  private double added(List<Parrot> under) {
    List<TokenSequence> without = new ArrayList<>();
    List<TokenSequence> with = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Parrot parrot = under.get(i % under.size());
      if (parrot.hasResponse()) {
        TokenSequence first =
            encoder.encode(TriggerSimulator.withResponse(examples.get(i), parrot.response()), 1);
        without.add(first);
        with.add(first.with(parrot.prompt()));
      }
    }
    return with.isEmpty() ? 0 : probability(with) - probability(without);
  }

  private boolean isAnsweredUnder(List<Parrot> under) {
    List<TokenSequence> without = encoder.encodeAll(examples, FIRST_TOKENS);
    List<TokenSequence> with = new ArrayList<>();
    for (int i = 0; i < without.size(); i++) {
      with.add(without.get(i).with(under.get(i % under.size()).prompt()));
    }
    return loss(with) <= HARDER * loss(without) + ALWAYS;
  }

  private double probability(List<TokenSequence> sequences) {
    return model.score(sequences).stream()
        .mapToDouble(scores -> Math.exp(Arrays.stream(scores).sum()))
        .average()
        .orElseThrow();
  }

  private double loss(List<TokenSequence> sequences) {
    return -model.score(sequences).stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
  }
}
