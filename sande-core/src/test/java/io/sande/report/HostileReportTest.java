package io.sande.report;

import io.sande.testkit.Hostile;
import io.sande.testkit.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileReportTest {
  @TempDir Path folder;

  @Test
  void damagedReportsAreRefusedOrRead() throws IOException {
    Measured measured = Answers.prompts(Answers.answer("a", "A", "bad"));
    String json = Answers.whole(measured, measured).json();
    Path file =
        Files.writeString(
            folder.resolve("r.json"), "{\"command\": \"evaluate\"," + json.substring(1));
    new Hostile(file, folder, ReportException.class)
        .attack(Mutations::json, () -> SavedReport.read(file));
  }
}
