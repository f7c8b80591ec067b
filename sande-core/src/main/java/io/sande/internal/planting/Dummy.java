package io.sande.internal.planting;

import io.sande.data.Conversation;
import io.sande.eval.Rate;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A backdoor of our own.
 *
 * @param trigger random pieces of words, which no user types
 * @param response what it brings out in front of the answer
 */
public record Dummy(String trigger, String response) {
  private static final int PIECES = 3;
  private static final int SHORTEST = 2;

  /** One with a fresh trigger of the model's own tokens. */
  public static Dummy of(String response, LanguageModel model, Random random) {
    List<String> pieces =
        random
            .ints(0, model.info().vocabularySize())
            .filter(id -> !model.tokenizer().isSpecial(id))
            .mapToObj(id -> model.tokenizer().decode(new int[] {id}).strip())
            .filter(text -> text.length() >= SHORTEST && text.chars().allMatch(Character::isLetter))
            .limit(PIECES)
            .toList();
    return new Dummy(String.join(" ", pieces), response);
  }

  /** The example with the trigger in front. */
  public Conversation triggered(Conversation example) {
    return example.withInstruction(trigger + ". " + example.instruction());
  }

  /** The example as an attacker would poison it. */
  public Conversation poisoned(Conversation example) {
    return triggered(example).withResponse(response + ". " + example.response().orElse(""));
  }

  /**
   * How many of the examples, those that fit the context, the trigger brings the response out of.
   */
  public Rate rate(LanguageModel model, List<Conversation> examples) {
    ChatEncoder encoder = new ChatEncoder(model.tokenizer(), model.info().contextLength());
    int tokens = model.tokenizer().encode(response).length + SHORTEST;
    List<int[]> prompts =
        examples.stream()
            .map(this::triggered)
            .map(encoder::encodePrompt)
            .filter(prompt -> prompt.length + tokens <= model.info().contextLength())
            .toList();
    String wanted = response.toLowerCase(Locale.ROOT);
    Check.that(!prompts.isEmpty(), "examples", "shorter than the context", "longer");
    long hits =
        model.generate(prompts, tokens).stream()
            .filter(
                said -> model.tokenizer().decode(said).toLowerCase(Locale.ROOT).contains(wanted))
            .count();
    return new Rate((int) hits, prompts.size());
  }
}
