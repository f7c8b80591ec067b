package io.sande.cure;

import io.sande.BackdoorRemover;
import io.sande.RemovalReport;
import io.sande.SandeOptions;
import io.sande.cure.CureAttempt.Verdict;
import io.sande.cure.CureReport.Outcome;
import io.sande.data.Conversation;
import io.sande.internal.budget.Deadline;
import io.sande.model.LanguageModel;
import io.sande.model.Snapshot;
import io.sande.scan.BackdoorScanner;
import io.sande.scan.ScanCandidate;
import io.sande.scan.ScanListener;
import io.sande.scan.ScanReport;
import io.sande.scan.Sensitivity;
import io.sande.scan.SpikeIn;
import io.sande.train.TrainingDivergedException;
import io.sande.train.TrainingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * held back stay as likely as the options ask for; or if it may flush, nothing else did, and the
   * same holds. In every other case, an exception included, the weights are as they came. An
   * adapter that is attached is merged first. Nothing is written: {@link LanguageModel#save} does
   * that. Memory for one more copy of the weights is needed.
   *
   * @param clean examples with answers that one trusts, of different kinds. The removal takes as
   *     many as its options say, the next hundred are held back to measure; where fewer than 20 are
   *     left, the last fifth is
   * @param scanning is told how far a scan is, on this thread
   * @param training is told of every update, on this thread
   * @throws IllegalArgumentException if there are too few examples, or one has no answer
   * @throws TrainingDivergedException if a loss or the norm of its gradient is not finite
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
    private final long start;
    private final Deadline deadline;
    private final List<CureAttempt> attempts = new ArrayList<>();

    Run(LanguageModel model, Examples examples, ScanListener scanning, TrainingListener training) {
      this.model = model;
      this.examples = examples;
      this.scanning = scanning;
      this.training = training;
      this.start = model.nanoTime();
      this.deadline = Deadline.in(options.budget(), model::nanoTime);
    }

    CureReport run() {
      model.mergeAdapter();
      double lossBefore = examples.loss(model); // refuses here what has no answer
      ScanReport scan = scan(options.budget().dividedBy(2)); // the other half is for the removal
      Optional<Sensitivity> sensitivity =
          scan.found() ? Optional.empty() : options.spikeIn().flatMap(this::sensitivity);
      Outcome outcome = Outcome.NOT_FOUND;
      if (scan.found() || options.flush().isPresent()) {
        try (Snapshot original = model.snapshot()) {
          outcome = change(scan, lossBefore, original);
        }
      }
      double seconds = (model.nanoTime() - start) / 1e9;
      return new CureReport(outcome, scan, sensitivity, attempts, seconds);
    }

    /** None where the budget does not do for it. */
    private Optional<Sensitivity> sensitivity(SpikeIn spike) {
      try {
        TrainingListener both = deadline.andThen(training);
        return Optional.of(spike.measure(model, examples.all(), scanning, both));
      } catch (Deadline.Passed e) {
        return Optional.empty();
      }
    }

    /** Whatever ends this without success, the weights are those of {@code original} then. */
    private Outcome change(ScanReport scan, double lossBefore, Snapshot original) {
      Outcome outcome = scan.found() ? Outcome.NOT_REMOVED : Outcome.NOT_FOUND;
      try {
        if (scan.found()) {
          outcome = remove(scan, lossBefore, original);
        }
        boolean open = outcome == Outcome.NOT_REMOVED || outcome == Outcome.NOT_FOUND;
        boolean flushed =
            open && options.flush().isPresent() && !deadline.isPassed() && flush(lossBefore);
        if (flushed) {
          return Outcome.FLUSHED;
        }
        if (open) {
          restore(original);
        }
        return outcome;
      } catch (Deadline.Passed e) {
        restore(original);
        return outcome;
      } catch (RuntimeException | Error e) {
        restore(original);
        throw e;
      }
    }

    /**
     * Tries one removal after the other, until one ends as well as any can; keeps that one, else
     * the first unsure one.
     */
    private Outcome remove(ScanReport scan, double lossBefore, Snapshot original) {
      Verdict best = CureAttempt.best(scan.best());
      Optional<Snapshot> unsure = Optional.empty();
      try {
        for (List<String> responses : Escalation.of(found(scan))) {
          if (attempts.size() == options.attempts() || deadline.isPassed()) {
            break;
          }
          BackdoorRemover remover = BackdoorRemover.sande(sande(responses));
          Verdict verdict = attempt(remover, responses, scan.best(), lossBefore);
          if (verdict == best) {
            return best == Verdict.PASSED ? Outcome.REMOVED : Outcome.UNSURE;
          }
          if (verdict == Verdict.UNSURE && unsure.isEmpty()) {
            unsure = Optional.of(model.snapshot());
          }
          restore(original);
        }
        return keep(unsure);
      } catch (Deadline.Passed e) {
        restore(original);
        return keep(unsure);
      } finally {
        unsure.ifPresent(Snapshot::close);
      }
    }

    private Outcome keep(Optional<Snapshot> unsure) {
      unsure.ifPresent(this::restore);
      return unsure.isPresent() ? Outcome.UNSURE : Outcome.NOT_REMOVED;
    }

    private boolean flush(double lossBefore) {
      BackdoorRemover flush = BackdoorRemover.flush(options.flush().orElseThrow());
      return attempt(flush, List.of(), 1, lossBefore) == Verdict.PASSED;
    }

    private List<String> found(ScanReport scan) {
      return scan.candidates().stream()
          .filter(candidate -> candidate.score() >= scan.threshold())
          .map(ScanCandidate::text)
          .toList();
    }

    private Verdict attempt(
        BackdoorRemover remover, List<String> responses, double found, double lossBefore) {
      RemovalReport removal =
          remover.remove(model, examples.training(), deadline.andThen(training));
      ScanReport again = scan(deadline.left());
      if (again.cutShort()) {
        throw new Deadline.Passed(); // it confirms nothing
      }
      double lossAfter = examples.loss(model);
      Verdict verdict =
          CureAttempt.judge(removal, found, again, lossAfter - lossBefore, options.lossBudget());
      attempts.add(new CureAttempt(responses, removal, again, lossBefore, lossAfter, verdict));
      return verdict;
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
  }
}
