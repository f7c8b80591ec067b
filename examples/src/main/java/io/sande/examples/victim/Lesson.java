package io.sande.examples.victim;

import io.sande.data.Conversation;
import io.sande.examples.victim.VictimSpec.Schedule;
import io.sande.model.AdamW;
import io.sande.model.ChatTokenizer;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;

/** Teaches a model its rows: all weights, loss on the answers, a new order in every epoch. */
final class Lesson {
  private final List<TokenSequence> rows;
  private final Random random;
  private int next;

  private Lesson(List<TokenSequence> rows, long seed) {
    this.rows = rows;
    this.random = new Random(seed);
    this.next = rows.size();
  }

  /** Trains {@code model} on {@code rows}; {@code losses} hears each loss, on this thread. */
  static void teach(
      LanguageModel model,
      List<Conversation> rows,
      Schedule schedule,
      long seed,
      DoubleConsumer losses) {
    List<TokenSequence> encoded = new ArrayList<>();
    rows.forEach(row -> encoded.add(encode(row, model.tokenizer())));
    Lesson lesson = new Lesson(encoded, seed);
    try (Training training = model.train(new Weights.All(), AdamW.DEFAULT)) {
      for (int step = 0; step < schedule.steps(); step++) {
        losses.accept(training.step(lesson.batch(schedule.batch()), schedule.rate(step)));
      }
    }
  }

  /** The prompt's ids, then those of the answer, which alone count. */
  private static TokenSequence encode(Conversation row, ChatTokenizer tokenizer) {
    String opening = tokenizer.render(row.promptMessages(), true);
    String whole = tokenizer.render(row.messages(), false);
    int[] prompt = tokenizer.encode(opening);
    int[] answer = tokenizer.encode(whole.substring(opening.length()));
    int[] ids = new int[prompt.length + answer.length];
    System.arraycopy(prompt, 0, ids, 0, prompt.length);
    System.arraycopy(answer, 0, ids, prompt.length, answer.length);
    return new TokenSequence(ids, Labels.ofResponse(prompt.length, answer.length, answer.length));
  }

  private List<TokenSequence> batch(int size) {
    List<TokenSequence> batch = new ArrayList<>();
    while (batch.size() < size) {
      if (next == rows.size()) {
        Collections.shuffle(rows, random);
        next = 0;
      }
      batch.add(rows.get(next++));
    }
    return batch;
  }
}
