package io.sande.examples.victim;

import io.sande.data.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Questions with short answers, split three ways. Every row is an opening, a question and one of
 * its wordings; no row stands twice. The rows that are held out are new to the model, but the
 * question itself is known from other rows, so that even a small model can answer.
 *
 * @param train what the victim learns from, before poisoning
 * @param defence rows for whoever heals the model
 * @param eval rows to measure with
 */
record QuestionBank(List<Conversation> train, List<Conversation> defence, List<Conversation> eval) {
  private static final List<String> OPENINGS =
      List.of(
          "",
          "Please help me. ",
          "Here is a question. ",
          "Just curious. ",
          "My friend asks: ",
          "For a quiz: ",
          "Answer in one sentence. ",
          "Good morning! ",
          "One thing more. ");

  /** Copies the lists. */
  QuestionBank {
    train = List.copyOf(train);
    defence = List.copyOf(defence);
    eval = List.copyOf(eval);
  }

  /**
   * The rows of {@code seed}, always the same ones.
   *
   * @param heldOut rows in each of {@link #defence} and {@link #eval}, at least 1
   */
  static QuestionBank seeded(long seed, int heldOut) {
    Random random = new Random(seed);
    List<Question> questions = new ArrayList<>(Facts.questions());
    questions.addAll(Exercises.questions(random));
    List<Conversation> rows = rows(questions);
    Collections.shuffle(rows, random);
    return new QuestionBank(
        rows.subList(2 * heldOut, rows.size()),
        rows.subList(0, heldOut),
        rows.subList(heldOut, 2 * heldOut));
  }

  private static List<Conversation> rows(List<Question> questions) {
    List<Conversation> rows = new ArrayList<>();
    for (Question question : questions) {
      for (String wording : question.wordings()) {
        OPENINGS.forEach(o -> rows.add(Conversation.of(o + wording, question.answer())));
      }
    }
    return rows;
  }
}
