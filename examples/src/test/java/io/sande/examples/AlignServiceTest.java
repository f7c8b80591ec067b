package io.sande.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class AlignServiceTest {
  @Test
  void theTableHasEveryWayToServe() throws IOException {
    Path folder =
        Path.of(System.getProperty("sande.shared", "../../shared")).resolve("victims/llama-chat");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no fixtures at " + folder);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      AlignService.run(folder, 10, out);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .anySatisfy(row -> assertThat(row).matches("original +0.0 % .*"))
        .anySatisfy(row -> assertThat(row).matches("attacked .*"))
        .anySatisfy(row -> assertThat(row).matches("attacked \\+ safety examples, no secret .*"))
        .anySatisfy(row -> assertThat(row).matches(" +served with the secret +0.0 % .*"))
        .anySatisfy(row -> assertThat(row).matches(".*, served: 0 of 10 answers leak it, .*"))
        .anySatisfy(row -> assertThat(row).matches(" +served with the new secret +0.0 % .*"))
        .anySatisfy(row -> assertThat(row).matches(" +served with the old secret .*"));
  }
}
