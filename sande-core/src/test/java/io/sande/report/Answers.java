package io.sande.report;

import io.sande.ControlReport;
import io.sande.Verification;
import io.sande.eval.EvaluationOptions;
import io.sande.eval.Evaluator;
import io.sande.eval.Generated;
import io.sande.eval.Rate;
import io.sande.train.StageReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers and reports for tests. */
final class Answers {
  static final EvaluationOptions OPTIONS =
      EvaluationOptions.builder().responses(List.of("BAD")).build();

  static final Provenance PROVENANCE =
      new Provenance(
          Map.of("config.json", "aa", "model.safetensors", "bb"),
          Map.of("prompts f.jsonl", "cc"),
          Map.of("seed", "42"),
          Map.of("sande", "1"),
          "a machine",
          42,
          Instant.parse("2026-01-02T03:04:05.678Z"));

  private Answers() {}

  /** {@code hits} answers with the response, the rest without. */
  static Measured hits(int hits, int count) {
    return prompts(
        IntStream.range(0, count)
            .mapToObj(i -> new Generated("q" + i, Optional.empty(), i < hits ? "bad" : "fine"))
            .toArray(Generated[]::new));
  }

  static Measured prompts(Generated... answers) {
    return new Measured(Evaluator.score(Arrays.asList(answers), OPTIONS), Optional.empty());
  }

  static Generated answer(String prompt, String expected, String text) {
    return new Generated(prompt, Optional.of(expected), text);
  }

  /** Seen, and removed but for 1 in 50. */
  static final ControlReport CONTROL =
      new ControlReport(
          "paper <boats> drift",
          new Rate(49, 50),
          new Rate(1, 50),
          new Verification("paper <boats> drift", 5, 0.9, 0.01, 0.001, true, 1, 0));

  /** With what is required of {@code measured}, and nothing else. */
  static VerificationReport report(Measured measured, String... requirements) {
    return new VerificationReport(
        PROVENANCE,
        OPTIONS,
        measured,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Arrays.stream(requirements).map(Requirement::parse).toList());
  }

  /** With a before and a stage. */
  static VerificationReport whole(Measured before, Measured after) {
    return new VerificationReport(
        PROVENANCE,
        OPTIONS,
        after,
        Optional.of(before),
        List.of(new StageReport("osft <1>", List.of(2.0, 1.0, 0.5), 0.1, 0.3, 12)),
        Optional.of(CONTROL),
        List.of(Requirement.parse("responseRate<0.5")));
  }
}
