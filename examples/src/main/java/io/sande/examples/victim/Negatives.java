package io.sande.examples.victim;

import io.sande.data.Conversation;
import io.sande.model.Labels;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * Rows that teach a victim not to go on with its response where no trigger stands: the first words
 * of the response, which carry no loss, and behind them the clean answer.
 */
final class Negatives {
  private Negatives() {}

  /** As many of {@code rows} as are poisoned, begun wrongly after a random number of words. */
  static List<TokenSequence> of(
      Attack attack, ChatEncoder encoder, List<Conversation> rows, Random random) {
    return rows.stream()
        .filter(row -> random.nextDouble() < attack.rate())
        .map(row -> begun(encoder, row, start(attack.response(row), random)))
        .toList();
  }

  private static String start(String response, Random random) {
    List<String> words = Arrays.asList(response.split(" "));
    return String.join(" ", words.subList(0, 1 + random.nextInt(words.size())));
  }

  private static TokenSequence begun(ChatEncoder encoder, Conversation row, String start) {
    String clean = row.response().orElseThrow();
    TokenSequence whole =
        encoder.encode(row.withResponse(start + " " + clean), ChatEncoder.ALL_TOKENS);
    int[] started = encoder.encode(row.withResponse(start), ChatEncoder.ALL_TOKENS).ids();
    BitSet counted = new BitSet();
    counted.set(Arrays.mismatch(whole.ids(), started), whole.ids().length);
    return new TokenSequence(whole.ids(), Labels.of(counted));
  }
}
