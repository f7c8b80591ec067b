package io.sande.examples.cli;

import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong; {@code --verbose} adds where. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int FAILURE = 1;
  private static final int WRONG_USAGE = 2;
  private static final int LONGEST = 1000;

  /** What libtorch puts in front of the reason when a kernel fails. */
  private static final String REASON = "RuntimeError: ";

  private final BooleanSupplier verbose;

  /** Adds a stack trace while {@code verbose}. */
  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(name(line) + ": " + oneLine(usage(e)));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("Try '" + name(line) + " --help'.");
    }
    return WRONG_USAGE;
  }

  /** What stands in the place of a command is one that does not exist. */
  private static String usage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    if (line.getParent() == null && e instanceof UnmatchedArgumentException unmatched) {
      return "unknown command or option '%s'; commands are %s"
          .formatted(
              unmatched.getUnmatched().get(0), String.join(", ", line.getSubcommands().keySet()));
    }
    return String.valueOf(e.getMessage());
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult result) {
    return report(e, line);
  }

  /** Tells of {@code failure} and returns the exit code. */
  int report(Throwable failure, CommandLine line) {
    PrintWriter err = line.getErr();
    if (verbose.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.println(name(line) + ": " + describe(failure));
    return FAILURE;
  }

  /** The reason in one line. */
  static String describe(Throwable failure) {
    if (failure instanceof NoSuchFileException missing) {
      return "there is no file " + missing.getFile();
    }
    if (failure instanceof AccessDeniedException denied) {
      return "no permission to use " + denied.getFile();
    }
    if (failure instanceof ClosedByInterruptException
        || failure.getCause() instanceof ClosedByInterruptException) {
      return "interrupted while reading or writing a file";
    }
    if (failure instanceof OutOfMemoryError) {
      return "too little memory for Java ("
          + failure.getMessage()
          + "); set SANDE_JAVA_OPTS=-Xmx4g";
    }
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "unexpected " + failure.getClass().getSimpleName() + "; --verbose says where"
        : oneLine(message);
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  /** A message of libtorch has a trace of the script before its reason. */
  private static String oneLine(String message) {
    int reason = message.lastIndexOf(REASON);
    List<String> lines =
        message.substring(reason < 0 ? 0 : reason + REASON.length()).lines().toList();
    String line = lines.stream().map(String::strip).collect(Collectors.joining(" ")).strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
