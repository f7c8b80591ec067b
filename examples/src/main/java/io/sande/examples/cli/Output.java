package io.sande.examples.cli;

import java.io.PrintWriter;

/** Where a command writes: answers and figures to standard output, all else to standard error. */
final class Output {
  private Output() {}

  static PrintWriter out(CommonOptions common) {
    return common.command().commandLine().getOut();
  }

  static PrintWriter err(CommonOptions common) {
    return common.command().commandLine().getErr();
  }
}
