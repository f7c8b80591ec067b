package io.sande.examples.cli;

import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a command leaves a checkpoint. */
final class OutFlags {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the checkpoint is written; what is there is replaced.")
  private Path folder = Path.of("");

  Path folder() {
    return folder;
  }

  void save(LanguageModel model, Report report) throws IOException {
    model.save(folder);
    report.wrote(folder);
  }
}
