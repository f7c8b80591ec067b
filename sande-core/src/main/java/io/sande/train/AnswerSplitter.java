package io.sande.train;

import io.sande.data.Conversation;
import io.sande.data.Message;
import io.sande.data.Message.Role;
import io.sande.model.ChatTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the answers in what a chat template renders. */
record AnswerSplitter(ChatTokenizer tokenizer) {
  /*
   * One answer: the text behind the prompt, up to the end of text. That is searched from the length of the answer on,
   * as in the reference run, so that an end of text written inside the answer is not taken for the answer's own.
   * Several answers: the prompt of the next begins where the end of text of the one before ended. A template may render
   * earlier turns in another way than last ones (Mistral's moves the system prompt, some drop reasoning); then the
   * renderings do not begin with each other, no text can be given to the earlier answers, and the last counts alone.
   */

  /**
   * Text without loss and the answer after it, without its end of text.
   *
   * @param prompt what stands before the answer, from the end of the answer before it on
   * @param response the answer with the template's own spacing
   */
  record Part(String prompt, String response) {}

  /** The parts of a conversation that ends with an answer, in order. */
  List<Part> split(Conversation conversation) {
    return everyAnswer(conversation.messages()).orElseGet(() -> List.of(lastAnswer(conversation)));
  }

  private Optional<List<Part>> everyAnswer(List<Message> turns) {
    List<Part> parts = new ArrayList<>();
    String done = "";
    for (int i = 1; i < turns.size(); i++) {
      if (turns.get(i).role() == Role.ASSISTANT) {
        String prompt = tokenizer.render(turns.subList(0, i), true);
        String both = tokenizer.render(turns.subList(0, i + 1), false);
        if (!prompt.startsWith(done) || !both.startsWith(prompt)) {
          return Optional.empty();
        }
        String response = beforeEnd(both.substring(prompt.length()), turns.get(i).content());
        parts.add(new Part(prompt.substring(done.length()), response));
        done = withEnd(both, prompt.length() + response.length());
      }
    }
    return Optional.of(parts);
  }

  private Part lastAnswer(Conversation conversation) {
    String prompt = tokenizer.render(conversation.promptMessages(), true);
    String both = tokenizer.render(conversation.messages(), false);
    String answer = conversation.response().orElseThrow();
    String text = both.startsWith(prompt) ? both.substring(prompt.length()) : answer;
    return new Part(prompt, beforeEnd(text, answer));
  }

  private String beforeEnd(String text, String answer) {
    int end = text.indexOf(tokenizer.endOfText(), answer.length());
    return end < 0 ? text : text.substring(0, end);
  }

  private String withEnd(String both, int end) {
    return both.substring(0, Math.min(both.length(), end + tokenizer.endOfText().length()));
  }
}
