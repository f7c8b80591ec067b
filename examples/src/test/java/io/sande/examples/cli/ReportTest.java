package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void replacesAnEarlierReportAndLeavesNothingBeside() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "old");
    inspect(report);

    assertThat(Sande.json(report).get("command").getAsString()).isEqualTo("inspect");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(report);
    }
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), report);
    inspect(link);

    assertThat(link).isSymbolicLink();
    assertThat(Sande.json(report).get("command").getAsString()).isEqualTo("inspect");
  }

  @Test
  void foldersAboveItAreMade() {
    Path report = folder.resolve("a/b/report.json");
    inspect(report);

    assertThat(report).isRegularFile();
  }

  private static void inspect(Path report) {
    Sande run = Sande.run("inspect", "--model", Sande.tiny(), "--report", report);
    assertThat(run.code()).as(run.err()).isZero();
  }
}
