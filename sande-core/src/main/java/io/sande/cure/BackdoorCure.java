package io.sande.cure;

import io.sande.BackdoorRemover;
import io.sande.RemovalReport;
import io.sande.SandeOptions;
import io.sande.cure.CureAttempt.Verdict;
import io.sande.cure.CureReport.Outcome;
import io.sande.data.Conversation;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanCandidate;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanReport;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Removes a backdoor of which nothing is known: scan, simulate, eliminate, verify, scan again.
 * Immutable; use one for many models.
 *
 * @param options how it looks, removes and judges
 */
public record BackdoorCure(CureOptions options) {
  /**
   * Changes {@code model} in place only if a backdoored response was found and its removal passed:
   * a fresh parrot does not bring the response out, a second scan finds nothing, and clean answers
   * held back stay as likely as the options ask for. In every other case, an exception included,
   * the weights are as they came. An adapter that is attached is merged first. Nothing is written:
   * {@link LanguageModel#save} does that. Memory for one more copy of the weights is needed.
   *
   * @param clean examples with answers that one trusts, of different kinds. The removal takes as
   *     many as its options say, the next hundred are held back to measure; where fewer than 20 are
   *     left, the last fifth is
   * @param scanning is told how far a scan is, on this thread
   * @param training is told of every update, on this thread
   * @throws IllegalArgumentException if there are too few examples, or one has no answer
   * @throws TrainingDivergedException if a loss is not finite
   * @throws CancellationException if the thread is interrupted
   */
  public CureReport cure(
      LanguageModel model,
      List<Conversation> clean,
      ScanListener scanning,
      TrainingListener training) {
    return new Run(model, Examples.of(clean, options), scanning, training).run();
  }

  /** One cure of one model. */
  private final class Run {
    private final LanguageModel model;
    private final Examples examples;
    private final ScanListener scanning;
    private final TrainingListener training;
    private final long start = System.nanoTime();
    private final Deadline deadline = Deadline.in(options.budget());
    private final List<CureAttempt> attempts = new ArrayList<>();

    Run(LanguageModel model, Examples examples, ScanListener scanning, TrainingListener training) {
      this.model = model;
      this.examples = examples;
      this.scanning = scanning;
      this.training = training;
    }

    CureReport run() {
      model.mergeAdapter();
      double lossBefore = examples.loss(model); // refuses here what has no answer
      ScanReport scan = scan(options.budget().dividedBy(2)); // the other half is for the removal
      if (!scan.found()) {
        return report(Outcome.NOT_FOUND, scan);
      }
      try (Snapshot original = model.snapshot()) {
        return report(remove(scan, lossBefore, original), scan);
      }
    }

    private Outcome remove(ScanReport scan, double lossBefore, Snapshot original) {
      try {
        for (List<String> responses : Escalation.of(found(scan))) {
          if (attempts.size() == options.attempts() || deadline.isPassed()) {
            break;
          }
          attempts.add(attempt(responses, lossBefore));
          if (attempts.get(attempts.size() - 1).verdict() == Verdict.PASSED) {
            return Outcome.REMOVED;
          }
          restore(original);
        }
      } catch (Deadline.Passed e) {
        restore(original);
      } catch (RuntimeException | Error e) {
        restore(original);
        throw e;
      }
      return Outcome.NOT_REMOVED;
    }

    private List<String> found(ScanReport scan) {
      return scan.candidates().stream()
          .filter(candidate -> candidate.score() >= scan.threshold())
          .map(ScanCandidate::text)
          .toList();
    }

    private CureAttempt attempt(List<String> responses, double lossBefore) {
      RemovalReport removal =
          BackdoorRemover.sande(sande(responses))
              .remove(model, examples.training(), deadline.andThen(training));
      ScanReport again = scan(deadline.left());
      if (again.tried() < again.of() && deadline.isPassed()) {
        throw new Deadline.Passed(); // a scan that was cut off confirms nothing
      }
      double lossAfter = examples.loss(model);
      Verdict verdict =
          CureAttempt.judge(removal, again, lossAfter - lossBefore, options.lossBudget());
      return new CureAttempt(responses, removal, again, lossBefore, lossAfter, verdict);
    }

    /** A training that was stopped half way may have left its adapter. */
    private void restore(Snapshot original) {
      model.mergeAdapter();
      model.moveTowards(original, 1);
    }

    private SandeOptions sande(List<String> responses) {
      SandeOptions how = options.sande();
      return new SandeOptions(
          responses,
          how.simulation(),
          List.of(),
          how.countedTokens(),
          how.training(),
          how.elimination(),
          true);
    }

    private ScanReport scan(Duration most) {
      return new BackdoorScanner(options.scan().within(most)).scan(model, examples.all(), scanning);
    }

    private CureReport report(Outcome outcome, ScanReport scan) {
      return new CureReport(outcome, scan, attempts, (System.nanoTime() - start) / 1e9);
    }
  }
}
