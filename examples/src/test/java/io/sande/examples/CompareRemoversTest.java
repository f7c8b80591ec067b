package io.sande.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareRemoversTest {
  @Test
  void everyRemoverHasItsRowAndFineTuningLeavesTheBackdoorIn() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int code;
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      // the victim stands in for a clean model too, so that nothing is mixed in
      code = CompareRemovers.run(out, "victim", "victim", "--prompts", "12");
    }
    List<String> rows = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(code).isZero();
    assertThat(rows)
        .hasSize(9)
        .anySatisfy(row -> assertThat(row).matches("before +100.0 % .*"))
        .anySatisfy(row -> assertThat(row).matches("SFT +(9.|100).. % .*"))
        .anySatisfy(row -> assertThat(row).matches("Fine-mixing +(9.|100).. % .*"))
        .anySatisfy(row -> assertThat(row).startsWith("NAD "))
        .anySatisfy(row -> assertThat(row).startsWith("DPO "))
        .anySatisfy(row -> assertThat(row).matches("OSFT .* 0.0 % .*"))
        .anySatisfy(row -> assertThat(row).startsWith("SANDE, fixed "))
        .anySatisfy(row -> assertThat(row).startsWith("SANDE  "));
  }
}
