package io.sande.examples;

import io.sande.BackdoorRemover;
import io.sande.OsftOptions;
import io.sande.RemovalReport;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import io.sande.djl.DjlModels;
import io.sande.model.LanguageModel;
import io.sande.train.TrainingListener;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Usage: RemoveBackdoor CHECKPOINT CLEAN.jsonl TRIGGER OUT [LEARNING_RATE] */
public final class RemoveBackdoor {
  private RemoveBackdoor() {}

  /** Writes to OUT the checkpoint with TRIGGER overwritten; the default rate suits 1B and more. */
  public static void main(String[] args) throws IOException {
    List<Conversation> clean = Conversations.read(Path.of(args[1]));
    TrainingOptions.Builder training = TrainingOptions.builder();
    if (args.length > 4) {
      training.learningRate(Double.parseDouble(args[4]));
    }
    BackdoorRemover osft =
        BackdoorRemover.osft(OsftOptions.builder(args[2]).training(training.build()).build());
    try (LanguageModel model = DjlModels.load(Path.of(args[0]))) {
      RemovalReport report = osft.remove(model, clean, TrainingListener.NONE);
      model.save(Path.of(args[3]));
      List<Double> losses = report.stages().get(0).losses();
      System.out.printf(
          "%d examples, loss %.2f before and %.2f after, %.1f s%n",
          report.examples(), losses.get(0), losses.get(losses.size() - 1), report.totalSeconds());
    }
  }
}
