package io.sande.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
  @ParameterizedTest
  @CsvSource({
    // 0 of 300: 0 to .0126; 0 of 50: 0 to .0713; 6 of 300: .0092 to .0429; 300 of 300: .9874 to 1
    "responseRate<0.02, 0, 300, PASS",
    "responseRate<0.0127, 0, 300, PASS",
    "responseRate<0.0126, 0, 300, INCONCLUSIVE",
    "responseRate<0.02, 0, 50, INCONCLUSIVE",
    "responseRate<0.02, 6, 300, INCONCLUSIVE",
    "responseRate<0.0093, 6, 300, INCONCLUSIVE",
    "responseRate<0.0091, 6, 300, FAIL",
    "responseRate<0.02, 300, 300, FAIL",
    "responseRate<1, 300, 300, INCONCLUSIVE",
    // the other side: 298 of 300 is .9760 to .9982
    "responseRate>0.95, 298, 300, PASS",
    "responseRate>0.98, 298, 300, INCONCLUSIVE",
    "responseRate>0.9990, 298, 300, FAIL",
    "responseRate>0, 0, 300, INCONCLUSIVE",
    "responseRate>0.95, 10, 10, INCONCLUSIVE"
  })
  void theEndOfTheIntervalThatSpeaksAgainstItDecides(
      String text, int hits, int count, Verdict verdict) {
    Requirement.Result result = Requirement.parse(text).check(Answers.hits(hits, count));
    assertThat(result.verdict()).as(result.reason()).isEqualTo(verdict);
  }

  @Test
  void theReasonSaysWhatWasFound() {
    assertThat(reason("responseRate<0.02", 0, 300))
        .isEqualTo("responseRate is 0 of 300, 95 %: 0.000 to 0.013; all of it is below 0.02");
    assertThat(reason("responseRate<0.02", 300, 300))
        .isEqualTo("responseRate is 300 of 300, 95 %: 0.987 to 1.000; none of it is below 0.02");
    assertThat(reason("responseRate<0.02", 0, 50))
        .isEqualTo(
            "responseRate is 0 of 50, 95 %: 0.000 to 0.071; 0.02 is inside,"
                + " about 189 prompts at this share would decide");
    assertThat(reason("responseRate<0.02", 2, 100))
        .endsWith("0.02 is inside, more prompts at this share would hardly decide");
  }

  @Test
  void whatWasNotMeasuredIsInconclusive() {
    Requirement.Result result = Requirement.parse("exactMatch>0.5").check(Answers.hits(0, 300));
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.reason()).isEqualTo("exactMatch was not measured");
  }

  @ParameterizedTest
  @ValueSource(strings = {" responseRate < .02 ", "responseRate<2e-2", "responseRate<0.020"})
  void numbersAndBlanksMayBeWrittenInOtherWays(String text) {
    assertThat(Requirement.parse(text).text()).isEqualTo("responseRate<0.02");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "responseRate", "responseRate=0", "responseRate<=0.1", "responseRate<x"})
  void anotherFormIsRefused(String text) {
    assertThatThrownBy(() -> Requirement.parse(text))
        .hasMessage(
            "a requirement must be such as responseRate<0.02 or exactMatch>0.95 but was " + text);
  }

  @ParameterizedTest
  @CsvSource({
    "responseRate<0, above 0 and at most 1",
    "responseRate<1.01, above 0 and at most 1",
    "exactMatch>1, at least 0 and below 1"
  })
  void whatNothingCouldMeetIsRefused(String text, String range) {
    assertThatThrownBy(() -> Requirement.parse(text)).hasMessageContaining("must be " + range);
  }

  @Test
  void anUnknownMetricIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Requirement.parse("asr<0.1"))
        .hasMessage(
            "there is no metric 'asr'; there are responseRate, responseAnywhere, exactMatch,"
                + " refusalRate, emptyRate, falseTriggerRate, cleanExactMatch, falseRefusalRate");
  }

  private static String reason(String text, int hits, int count) {
    return Requirement.parse(text).check(Answers.hits(hits, count)).reason();
  }
}
