package io.sande.train;

import com.google.common.base.Stopwatch;
import com.google.common.math.Quantiles;
import io.sande.internal.Check;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** The one loop that every stage trains with. One run, on one thread. */
public final class TrainingLoop {
  private final Training training;
  private final TrainingListener listener;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private long tokens;

  private TrainingLoop(Training training, TrainingListener listener) {
    this.training = training;
    this.listener = listener;
  }

  /**
   * Makes all updates of one stage.
   *
   * @param stage its name, for the report
   * @param training makes the updates; stays open
   * @param sequences at least one, each with a token that carries loss
   * @param options of them epochs, batch size, order, seed and rates are read here
   * @param listener is told of every update on this thread
   * @throws TrainingDivergedException if a loss or the norm of its gradient is not finite; that
   *     update is not made
   * @throws CancellationException if the thread is interrupted; it stays so. The update at hand is
   *     finished first and what was trained stays
   */
  public static StageReport run(
      String stage,
      Training training,
      List<TokenSequence> sequences,
      TrainingOptions options,
      TrainingListener listener) {
    return runGroups(stage, training, sequences.stream().map(List::of).toList(), options, listener);
  }

  /**
   * The same with sequences that stay together and in order, such as the two of a preference.
   *
   * @param groups at least one; the batch size counts these
   * @see #run(String, Training, List, TrainingOptions, TrainingListener)
   */
  public static StageReport runGroups(
      String stage,
      Training training,
      List<List<TokenSequence>> groups,
      TrainingOptions options,
      TrainingListener listener) {
    Check.that(!groups.isEmpty(), "sequences", "at least one", "none");
    List<List<TokenSequence>> batches =
        Batches.of(groups, options).stream().map(TrainingLoop::joined).toList();
    return run(stage, training, batches.iterator(), Pace.of(options, batches.size()), listener);
  }

  private static List<TokenSequence> joined(List<List<TokenSequence>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }

  /**
   * Makes updates until {@code pace} ends them; a run whose length shows on the way.
   *
   * @param batches one for each update, and enough of them
   * @see #run(String, Training, List, TrainingOptions, TrainingListener)
   */
  public static StageReport run(
      String stage,
      Training training,
      Iterator<List<TokenSequence>> batches,
      Pace pace,
      TrainingListener listener) {
    return new TrainingLoop(training, listener).run(stage, batches, pace);
  }

  private StageReport run(String stage, Iterator<List<TokenSequence>> batches, Pace pace) {
    try {
      listener.on(new TrainingEvent.Started(stage, pace.mostUpdates()));
      Stopwatch watch = Stopwatch.createStarted();
      OptionalDouble rate = pace.rate(1);
      while (rate.isPresent()) {
        update(batches.next(), rate.getAsDouble(), pace.mostUpdates());
        rate = pace.rate(losses.size() + 1);
      }
      StageReport report = report(stage, secondsOf(watch));
      listener.on(new TrainingEvent.Finished(report));
      return report;
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  private void update(List<TokenSequence> batch, double rate, int updates) {
    int update = losses.size() + 1;
    Check.notInterrupted("before update " + update + " of " + updates);
    Stopwatch watch = Stopwatch.createStarted();
    double loss = training.step(batch, rate); // forward, loss, backward, clip, AdamW
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(update, loss, rate);
    }
    seconds.add(secondsOf(watch));
    losses.add(loss);
    tokens += batch.stream().mapToLong(TokenSequence::length).sum();
    listener.on(new TrainingEvent.Updated(update, updates, loss, rate));
  }

  private StageReport report(String stage, double total) {
    return new StageReport(stage, losses, Quantiles.median().compute(seconds), total, tokens);
  }

  /**
   * Tells the listener of {@code cause}, which must reach the caller whatever the listener does.
   */
  private void fail(RuntimeException cause) {
    try {
      listener.on(new TrainingEvent.Failed(losses.size(), cause));
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  private static double secondsOf(Stopwatch watch) {
    return watch.elapsed(TimeUnit.NANOSECONDS) / 1e9;
  }
}
