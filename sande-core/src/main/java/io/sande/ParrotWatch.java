package io.sande;

import io.sande.AdaptiveElimination.Parrot;
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

  /** Whether no parrot brings its response out on any example. */
  boolean isGone() {
    return parrots.stream().allMatch(parrot -> isGone(examples, List.of(parrot)));
  }

  /** The same by one parrot for each example, another one each time. */
  boolean seemsGone() {
    List<Parrot> next = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      next.add(parrots.get(turn++ % parrots.size()));
    }
    return isGone(examples, next);
  }

  private boolean isGone(List<Conversation> on, List<Parrot> under) {
    List<TokenSequence> harmful = new ArrayList<>();
    List<TokenSequence> harmfulUnder = new ArrayList<>();
    List<TokenSequence> clean = new ArrayList<>();
    List<TokenSequence> cleanUnder = new ArrayList<>();
    for (int i = 0; i < on.size(); i++) {
      Parrot parrot = under.get(i % under.size());
      TokenSequence first =
          encoder.encode(TriggerSimulator.withResponse(on.get(i), parrot.response()), 1);
      TokenSequence answer = encoder.encode(on.get(i), FIRST_TOKENS);
      harmful.add(first);
      harmfulUnder.add(first.with(parrot.prompt()));
      clean.add(answer);
      cleanUnder.add(answer.with(parrot.prompt()));
    }
    return probability(harmfulUnder) - probability(harmful) < ADDED
        && loss(cleanUnder) <= HARDER * loss(clean) + ALWAYS;
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
