package io.sande.examples.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Values that the command line takes but the library does not. */
final class Usage {
  private Usage() {}

  /** What {@code options} builds; what it refuses is wrong usage, not a failure. */
  static <T> T checked(CommandSpec spec, Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** {@code value} must be at least {@code least}. */
  static void atLeast(CommandSpec spec, int least, String option, int value) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(), option + " must be at least " + least + " but was " + value);
    }
  }

  /** Whether the command line has {@code option}. */
  static boolean isGiven(CommandSpec spec, String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }
}
