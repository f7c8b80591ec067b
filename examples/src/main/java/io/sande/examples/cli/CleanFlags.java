package io.sande.examples.cli;

import io.sande.data.Conversation;
import io.sande.data.Conversations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The examples without which nothing is measured or removed. */
final class CleanFlags {
  @Option(
      names = "--clean",
      required = true,
      paramLabel = "F.jsonl",
      description = "Examples with answers that one trusts, of different kinds.")
  private Path file = Path.of("");

  /** The first {@code most} of them. */
  List<Conversation> read(int most) throws IOException {
    return Conversations.read(file, most);
  }
}
