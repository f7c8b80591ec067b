package io.sande.examples.cli;

import io.sande.SimulationOptions;
import io.sande.train.TrainingOptions;
import picocli.CommandLine.Option;

/** How a parrot prompt is trained. */
final class ParrotFlags {
  private static final String EPOCHS = "--simulate-epochs";

  @Option(
      names = "--simulate-lr",
      paramLabel = "X",
      description = "Highest learning rate of the parrot (default: ${DEFAULT-VALUE}).")
  private double lr = SimulationOptions.TRAINING.learningRate();

  @Option(
      names = EPOCHS,
      paramLabel = "N",
      description =
          "Passes over the examples, exactly so many (default: ${DEFAULT-VALUE}, and up to 10"
              + " where the response stays unlikely).")
  private int epochs = SimulationOptions.TRAINING.epochs();

  @Option(
      names = "--simulate-tokens",
      paramLabel = "N",
      description = "Tokens of the response that carry loss (default: ${DEFAULT-VALUE}).")
  private int tokens = 1;

  @Option(
      names = "--parrot-length",
      paramLabel = "N",
      description = "Vectors of the parrot (default: ${DEFAULT-VALUE}).")
  private int length = 6;

  @Option(
      names = "--parrot-position",
      paramLabel = "N",
      description = "Tokens that stand before it (default: ${DEFAULT-VALUE}).")
  private int position = 2;

  /** Throws {@link IllegalArgumentException} at a value out of range. */
  SimulationOptions options(CommonOptions common, TrainingOptions steps, String response) {
    TrainingOptions training = steps.toBuilder().learningRate(lr).epochs(epochs).build();
    SimulationOptions.Builder options =
        SimulationOptions.builder(response)
            .countedTokens(tokens)
            .length(length)
            .position(position)
            .training(training);
    if (Usage.isGiven(common.command(), EPOCHS)) {
      options.mostEpochs(epochs);
    }
    return options.build();
  }
}
