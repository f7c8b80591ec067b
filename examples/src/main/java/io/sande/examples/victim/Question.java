package io.sande.examples.victim;

import java.util.List;

/**
 * Something to ask in one of several wordings, and its one answer.
 *
 * @param wordings at least one
 * @param answer one short sentence
 */
record Question(List<String> wordings, String answer) {
  /** Copies the list. */
  Question {
    wordings = List.copyOf(wordings);
  }
}
