package io.sande.train;

import com.google.common.base.Stopwatch;
import com.google.common.math.Quantiles;
import io.sande.internal.Check;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** The one loop that every stage trains with. One run, on one thread. */
public final class TrainingLoop {
  private final Training training;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private long tokens;

  private TrainingLoop(Training training, TrainingOptions options, TrainingListener listener) {
    this.training = training;
    this.options = options;
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
   * @throws TrainingDivergedException if a loss is not finite
   * @throws CancellationException if the thread is interrupted; it stays so. The update at hand is
   *     finished first and what was trained stays
   */
  public static StageReport run(
      String stage,
      Training training,
      List<TokenSequence> sequences,
      TrainingOptions options,
      TrainingListener listener) {
    Check.that(!sequences.isEmpty(), "sequences", "at least one", "none");
    return new TrainingLoop(training, options, listener).run(stage, Batches.of(sequences, options));
  }

  private StageReport run(String stage, List<List<TokenSequence>> batches) {
    try {
      listener.on(new TrainingEvent.Started(stage, batches.size()));
      Stopwatch watch = Stopwatch.createStarted();
      for (List<TokenSequence> batch : batches) {
        update(batch, batches.size());
      }
      StageReport report = report(stage, secondsOf(watch));
      listener.on(new TrainingEvent.Finished(report));
      return report;
    } catch (RuntimeException e) {
      fail(e);
      throw e;
    }
  }

  private void update(List<TokenSequence> batch, int updates) {
    int update = losses.size() + 1;
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted before update " + update + " of " + updates);
    }
    double rate =
        options.learningRate() * options.schedule().share(update, updates, options.warmup());
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
