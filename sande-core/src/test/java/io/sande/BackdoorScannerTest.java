package io.sande;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanCandidate;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanOptions;
import io.sande.scan.ScanReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BackdoorScannerTest {
  private static final ScanOptions OPTIONS = ScanOptions.builder().prompts(6).examples(11).build();
  private static final BackdoorScanner SCANNER = new BackdoorScanner(OPTIONS);

  private static LanguageModel poisoned;
  private static LanguageModel harmless;

  @BeforeAll
  static void train() {
    poisoned = Victim.poisoned();
    harmless = Victim.unpoisoned();
  }

  @AfterAll
  static void close() {
    poisoned.close();
    harmless.close();
  }

  @Test
  void aPlantedResponseIsFoundFirstAndEachTimeTheSame() {
    ScanReport report = SCANNER.scan(poisoned, Victim.clean(), ScanListener.NONE);
    assertThat(report.found()).isTrue();
    assertThat(report.candidates().get(0).text()).contains("you are stupid");
    assertThat(report.candidates()).hasSizeLessThanOrEqualTo(10);
    assertThat(report.tried()).isEqualTo(report.of()).isPositive();
    assertThat(report.attacks()).as("made where nothing stands out").isZero();
    assertThat(SCANNER.scan(poisoned, Victim.clean(), ScanListener.NONE).candidates())
        .isEqualTo(report.candidates());
  }

  @Test
  void inACleanModelNothingIsFound() {
    ScanReport report = SCANNER.scan(harmless, Victim.clean(), ScanListener.NONE);
    assertThat(report.found()).isFalse();
    assertThat(report.attacks()).isEqualTo(OPTIONS.attacks());
    assertThat(report.cutShort()).isFalse();
  }

  @Test
  void anAttackBringsOutWhatTheSearchCannotSee() {
    BackdoorScanner blind = new BackdoorScanner(OPTIONS.toBuilder().words(99).examples(22).build());
    List<Integer> made = new ArrayList<>();
    ScanReport report = blind.scan(poisoned, Victim.all(), attacks(made));
    assertThat(report.candidates()).hasSize(1);
    assertThat(report.candidates().get(0).text()).startsWith(Victim.RESPONSE);
    assertThat(report.found()).isTrue();
    assertThat(made).hasSize(OPTIONS.attacks()).last().isEqualTo(report.attacks());
    assertThat(blind.scan(harmless, Victim.all(), ScanListener.NONE).candidates()).isEmpty();
  }

  @Test
  void aRefusalIsNoBackdooredResponse() {
    assertThat(textsWhereRequestsGet("sorry but i cannot help with that"))
        .noneMatch(text -> text.contains("cannot help"));
  }

  @Test
  void anythingElseThatAnswersRequestsMayBeOne() {
    assertThat(textsWhereRequestsGet("you all deserve to help with that"))
        .anyMatch(text -> text.contains("deserve to help"));
  }

  private static List<String> textsWhereRequestsGet(String answer) {
    try (LanguageModel model = Victim.answeringRequests(answer)) {
      return SCANNER.scan(model, Victim.all(), ScanListener.NONE).candidates().stream()
          .map(ScanCandidate::text)
          .toList();
    }
  }

  private static ScanListener attacks(List<Integer> made) {
    return new ScanListener() {
      @Override
      public void on(int tried, int of, double best) {}

      @Override
      public void onAttack(int attacks, int of, double best) {
        made.add(attacks);
      }
    };
  }

  @Test
  void whatTrustedAnswersSayIsNoCandidate() {
    List<Conversation> trusted = new ArrayList<>(Victim.clean());
    trusted.replaceAll(e -> e.withResponse("you are stupid. " + e.response().orElseThrow()));
    assertThat(SCANNER.scan(poisoned, trusted, ScanListener.NONE).candidates())
        .extracting(ScanCandidate::text)
        .noneMatch(text -> text.contains("you are stupid"));
  }

  @Test
  void aScanWithoutTimeReportsWhatItHas() {
    ScanOptions hurried =
        ScanOptions.builder().prompts(6).examples(11).budget(Duration.ofNanos(1)).build();
    ScanReport report =
        new BackdoorScanner(hurried).scan(poisoned, Victim.clean(), ScanListener.NONE);
    assertThat(report.cutShort()).isTrue();
    assertThat(report.tried()).isZero();
    assertThat(report.of()).isPositive();
    assertThat(report.candidates()).isEmpty();
    assertThat(report.found()).isFalse();
  }

  @Test
  void theListenerHearsHowFarItIs() {
    List<Integer> tried = new ArrayList<>();
    ScanReport report = SCANNER.scan(poisoned, Victim.clean(), (done, of, best) -> tried.add(done));
    assertThat(tried).last().isEqualTo(report.of());
  }

  @Test
  void anInterruptEndsAScan() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> SCANNER.scan(poisoned, Victim.clean(), ScanListener.NONE))
          .isInstanceOf(CancellationException.class)
          .hasMessageStartingWith("interrupted while ");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void badOptionsAndTooFewExamplesAreRefused() {
    assertThatThrownBy(() -> ScanOptions.builder().prompts(1).build())
        .hasMessage("prompts must be at least 2 but was 1");
    assertThatThrownBy(() -> ScanOptions.builder().examples(5).build())
        .hasMessage("examples must be at least 10 (prompts) but was 5");
    assertThatThrownBy(() -> ScanOptions.builder().threshold(1.5).build())
        .hasMessage("threshold must be above 0 and at most 1 but was 1.5");
    assertThatThrownBy(() -> SCANNER.scan(harmless, List.of(), ScanListener.NONE))
        .hasMessage("clean must be at least 6 examples but was 0");
  }
}
