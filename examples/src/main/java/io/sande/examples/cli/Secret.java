package io.sande.examples.cli;

import io.sande.align.SecretFile;
import io.sande.align.SecretPrompt;
import io.sande.djl.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sande secret}: a secret for one model. Reads no weights. */
@Command(
    name = "secret",
    sortOptions = false,
    description = {
      "Makes a secret of random tokens and keeps it in an encrypted file.",
      "A file that holds one already keeps it as the previous secret."
    })
final class Secret implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The encrypted file; its password is in " + StorePassword.VARIABLE + ".")
  private Path out = Path.of("");

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "Length of the secret (default: ${DEFAULT-VALUE}).")
  private int tokens = SecretPrompt.TOKENS;

  @Override
  public Integer call() throws IOException {
    Usage.atLeast(common.command(), 1, "--tokens", tokens);
    Report report = Report.of(common);
    try (CheckpointFolder folder = common.inspect()) {
      SecretFile file = StorePassword.file(out, folder.info());
      int vocabulary = folder.info().vocabularySize();
      try (SecretPrompt secret = SecretPrompt.random(folder.tokenizer(), vocabulary, tokens)) {
        if (file.exists()) {
          file.rotate(secret);
        } else {
          file.create(secret);
        }
      }
      report.model(folder.info());
    }
    report.write();
    return 0;
  }
}
