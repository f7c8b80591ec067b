package io.sande.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code sande} command: exit code 0 is done, 1 a failure, 2 wrong usage; of {@code evaluate
 * --require} also 3, a requirement fails, and 4, it is not decided. On SIGTERM and SIGINT it is 143
 * and 130.
 */
@Command(
    name = "sande",
    description = "Removes backdoors from language models, and shows what they do.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Osft.class,
      Simulate.class,
      Remove.class,
      Scan.class,
      Cure.class,
      Secret.class,
      Align.class,
      Evaluate.class,
      Inspect.class,
      Generate.class
    })
public final class Main implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this and ends.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows where a failure came from.")
  private boolean verbose;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  /** Runs one command and ends the process. */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Ending ending = Ending.onSignal();
    int code;
    try {
      code = run(args, out, err);
    } finally {
      out.flush();
      err.flush();
      ending.commandEnded();
    }
    ending.exit(code);
  }

  /** Runs one command and returns its exit code. */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    Main main = new Main();
    Failures failures = new Failures(() -> main.verbose);
    CommandLine line =
        new CommandLine(main)
            .setOut(out)
            .setErr(err)
            .setExpandAtFiles(false) // a trigger may begin with @
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(failures)
            .setExecutionExceptionHandler(failures);
    try {
      return line.execute(args);
    } catch (Error e) { // no memory, or a native library that cannot be loaded
      return failures.report(e, line);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** UTF-8, whatever the locale says. */
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
