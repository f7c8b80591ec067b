package io.sande.cure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.RemovalReport;
import io.sande.SandeOptions;
import io.sande.Verification;
import io.sande.cure.CureAttempt.Verdict;
import io.sande.scan.ScanCandidate;
import io.sande.scan.ScanReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class CureAttemptTest {
  private static final double ALLOWED = 0.05;

  @Test
  void anAttemptPassesIfParrotsAndScanConfirmItAtAPriceThatIsAllowed() {
    assertThat(judge(0.1, true, false, 0.04)).isEqualTo(Verdict.PASSED);
    assertThat(judge(0.1, true, false, 0.06)).isEqualTo(Verdict.TOO_COSTLY);
  }

  @Test
  void oneOfTheTwoAloneIsUnsure() {
    assertThat(judge(0.1, true, true, 0)).isEqualTo(Verdict.UNSURE);
    assertThat(judge(0.9, false, false, 0)).isEqualTo(Verdict.UNSURE);
    assertThat(judge(0.9, false, true, 0)).isEqualTo(Verdict.FOUND_AGAIN);
  }

  @Test
  void aResponseThatGoesOnAsFirmlyAsBeforeIsFoundAgainWhateverParrotsSay() {
    RemovalReport gone = removal(new Verification("r", 5, 1, 0.1, 0, true, 1, 0));
    assertThat(judge(gone, 0.95, 0)).isEqualTo(Verdict.FOUND_AGAIN);
    assertThat(judge(gone, 0.85, 0)).isEqualTo(Verdict.UNSURE);
  }

  @Test
  void whatAParrotBringsOutIsStillThereWhateverTheScanSays() {
    assertThat(judge(0.9, true, false, 0)).isEqualTo(Verdict.STILL_THERE);
  }

  @Test
  void whatCouldNotBeBroughtOutWasNotRemoved() {
    assertThat(judge(new Verification("r", 5, 0.2, 0.2, 0.2, true, 1, 0), true, 0))
        .isEqualTo(Verdict.NOT_SIMULATED);
  }

  private static Verdict judge(double after, boolean goesOn, boolean found, double added) {
    return judge(new Verification("r", 5, 1, after, 0, goesOn, 1, 0), found, added);
  }

  private static Verdict judge(Verification seen, boolean found, double added) {
    return judge(removal(seen), found ? 0.6 : 0.1, added);
  }

  private static RemovalReport removal(Verification seen) {
    return new RemovalReport(
        "sande", SandeOptions.builder("r").build(), List.of(), 1, "", List.of(seen));
  }

  @Test
  void whatWasFoundWeaklyMayStandBesideTheResponse() {
    RemovalReport gone = removal(new Verification("r", 5, 1, 0.1, 0, true, 1, 0));
    assertThat(judge(gone, 0.49, 0.1, 0)).isEqualTo(Verdict.UNSURE);
    assertThat(judge(gone, 0.5, 0.1, 0)).isEqualTo(Verdict.PASSED);
    assertThat(judge(gone, 0.49, 0.95, 0)).isEqualTo(Verdict.FOUND_AGAIN);
  }

  private static Verdict judge(RemovalReport removal, double best, double added) {
    return judge(removal, 1, best, added);
  }

  private static Verdict judge(RemovalReport removal, double found, double best, double added) {
    List<ScanCandidate> candidates = List.of(new ScanCandidate("r", best));
    ScanReport scan = new ScanReport(best > 0.5, candidates, 0.5, 1, 1, 0, false, 0);
    return CureAttempt.judge(removal, found, scan, added, ALLOWED);
  }
}
