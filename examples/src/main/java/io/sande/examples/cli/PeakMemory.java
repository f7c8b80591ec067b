package io.sande.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How much memory this process needed at most. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern HIGH_WATER = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  private PeakMemory() {}

  /**
   * Most resident memory so far, native memory among it, in MiB; where the system does not say, the
   * size of Java's own memory now.
   */
  static double mebibytes() {
    try {
      return HIGH_WATER
          .matcher(Files.readString(STATUS))
          .results()
          .findFirst()
          .map(PeakMemory::ofKibibytes)
          .orElseGet(PeakMemory::ofJava);
    } catch (IOException e) { // no Linux
      return ofJava();
    }
  }

  private static double ofKibibytes(MatchResult line) {
    return Long.parseLong(line.group(1)) / 1024.0;
  }

  private static double ofJava() {
    return Runtime.getRuntime().totalMemory() / (1024.0 * 1024.0);
  }
}
