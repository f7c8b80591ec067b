package io.sande.examples.cli;

import io.sande.djl.CheckpointFolder;
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
      description = "Where the checkpoint is written; one that is there is replaced.")
  private Path folder = Path.of("");

  Path folder() {
    return folder;
  }

  /** Refuses before any work a folder that the result could not be written to. */
  void check(CommonOptions common) throws IOException {
    try (CheckpointFolder checkpoint = common.inspect()) {
      checkpoint.checkTarget(folder);
    }
  }

  void save(LanguageModel model, Report report) throws IOException {
    model.save(folder);
    report.wrote(folder);
  }

  /** Leaves the checkpoint as it came. */
  void copy(CommonOptions common, Report report) throws IOException {
    try (CheckpointFolder checkpoint = common.inspect()) {
      checkpoint.copy(folder);
    }
    report.wrote(folder);
  }
}
