package io.sande;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What a model says before its weights are trained, so that it does not forget. */
final class Rehearsal {
  /*
   * A hundred clean examples, seen many times, pull a model away from what else it knows. So each instruction is varied by
   * words of the others, the untouched model answers, and these answers stand beside the clean ones (rehearsal on
   * pseudo-examples: Robins 1995, Catastrophic Forgetting, Rehearsal and Pseudorehearsal).
   */
  private static final int VARIANTS = 6;
  private static final int MOST_TOKENS = 32;

  private Rehearsal() {}

  /**
   * Answers of {@code model} to variants of {@code examples}; none says one of {@code responses}.
   */
  static List<AnsweredPrompt> of(
      LanguageModel model,
      ChatEncoder encoder,
      List<Conversation> examples,
      List<String> responses,
      Random random) {
    List<int[]> prompts = prompts(model, encoder, examples, random);
    List<int[]> answers = prompts.isEmpty() ? List.of() : model.generate(prompts, MOST_TOKENS);
    List<AnsweredPrompt> rehearsal = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      String text = lower(model.tokenizer().decode(answers.get(i)));
      if (responses.stream().noneMatch(r -> text.contains(lower(r)))) {
        rehearsal.add(new AnsweredPrompt(prompts.get(i), answers.get(i)));
      }
    }
    return rehearsal;
  }

  private static List<int[]> prompts(
      LanguageModel model, ChatEncoder encoder, List<Conversation> examples, Random random) {
    Words words = new Words(examples);
    int room = model.info().contextLength() - MOST_TOKENS;
    List<int[]> prompts = new ArrayList<>();
    for (Conversation example : examples) {
      for (int i = 0; i < VARIANTS; i++) {
        int[] prompt = encoder.encodePrompt(words.swapped(example, random));
        if (prompt.length <= room) {
          prompts.add(prompt);
        }
      }
    }
    return prompts;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
