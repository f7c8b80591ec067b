package io.sande;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import io.sande.model.Objective;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.train.ChatEncoder;
import io.sande.train.StageReport;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingLoop;
import io.sande.train.TrainingOptions;
import java.util.List;

/** What removers have in common that fine-tune a model on clean examples. */
record FineTuning(
    LanguageModel model,
    List<Conversation> examples,
    TrainingOptions training,
    TrainingListener listener) {
  /** Of {@code clean} as many as the options ask for. */
  static FineTuning of(
      LanguageModel model,
      List<Conversation> clean,
      TrainingOptions training,
      TrainingListener listener) {
    Check.that(!clean.isEmpty(), "clean", "at least one example", "none");
    int samples = Math.min(training.samples(), clean.size());
    return new FineTuning(model, clean.subList(0, samples), training, listener);
  }

  /** The examples, loss on all tokens of their answers. */
  List<TokenSequence> sequences() {
    return encode(examples);
  }

  List<TokenSequence> encode(List<Conversation> conversations) {
    return ChatEncoder.of(model, training).encodeAll(conversations, ChatEncoder.ALL_TOKENS);
  }

  StageReport train(String stage, List<TokenSequence> sequences) {
    return train(stage, new Objective.CrossEntropy(), sequences.stream().map(List::of).toList());
  }

  /** Trains by another objective, on sequences that stay together. */
  StageReport train(String stage, Objective objective, List<List<TokenSequence>> groups) {
    try (Training run = model.train(training.weights(), training.optimizer(), objective)) {
      return TrainingLoop.runGroups(stage, run, groups, training, listener);
    }
  }

  /** The same for one epoch. */
  FineTuning once() {
    return new FineTuning(model, examples, training.toBuilder().epochs(1).build(), listener);
  }

  RemovalReport report(String method, RemovalOptions options, StageReport... stages) {
    String hash = Conversations.sha256(examples);
    return new RemovalReport(method, options, List.of(stages), examples.size(), hash, List.of());
  }
}
