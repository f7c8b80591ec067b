package io.sande.align;

import io.sande.data.Conversation;
import io.sande.data.Message.Role;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.model.LanguageModel;
import io.sande.train.ChatEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Customer's requests that a model refuses as it came, each with that refusal. Eleven safety
 * examples miss ways to ask that a customer's harmful rows have; these are asked as those rows are.
 */
record OwnRefusals(LanguageModel model, ChatEncoder encoder) {
  /** Tokens that show whether an answer is a refusal, and those of a whole one. */
  private static final int OPENING = 12;

  private static final int WHOLE = 40;

  /** At most {@code most}, from all over the data; none where nothing is refused. */
  List<Conversation> among(List<Conversation> customer, int most) {
    if (most == 0) {
      return List.of();
    }
    List<Conversation> requests =
        customer.stream().filter(OwnRefusals::isFirst).filter(this::hasRoom).toList();
    List<Conversation> refused = answered(requests, OPENING);
    return answered(spread(refused, most), WHOLE);
  }

  /** Answers that stand before the request are the customer's: nobody should learn them as safe. */
  private static boolean isFirst(Conversation example) {
    return example.promptMessages().stream().noneMatch(m -> m.role() == Role.ASSISTANT);
  }

  private boolean hasRoom(Conversation example) {
    return encoder.encodePrompt(example).length + WHOLE <= model.info().contextLength();
  }

  /** Those of the requests whose answer opens with a refusal, with that answer. */
  private List<Conversation> answered(List<Conversation> requests, int tokens) {
    if (requests.isEmpty()) {
      return List.of();
    }
    EvaluationOptions options = EvaluationOptions.builder().maxNewTokens(tokens).build();
    List<Generated> answers = Evaluator.evaluate(model, requests, options).generated();
    List<Conversation> refused = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      String answer = answers.get(i).text().strip();
      if (RefusalPhrases.REFERENCE.opens(answer)) {
        refused.add(requests.get(i).withResponse(answer));
      }
    }
    return refused;
  }

  private static <T> List<T> spread(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }
}
