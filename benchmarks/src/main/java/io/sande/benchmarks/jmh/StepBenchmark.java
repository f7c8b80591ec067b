package io.sande.benchmarks.jmh;

import io.sande.model.AdamW;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One update of all weights as OSFT makes it, on the first four rows of the data.
 *
 * <p>Always the same four, so that each update is the same work. One that follows many others costs
 * a little more, since the optimizer leaves out rows of the embedding that no batch has had.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // set by JMH
public class StepBenchmark {
  private List<TokenSequence> batch;
  private Training training;

  /** Starts a training. */
  @Setup(Level.Trial)
  public void start(OpenModel open) {
    batch = open.sequences().subList(0, 4);
    training = open.model().train(new Weights.All(), AdamW.DEFAULT);
  }

  /** Frees the optimizer's state. */
  @TearDown(Level.Trial)
  public void close() {
    training.close();
  }

  /** Forward, loss, gradient, clipping, AdamW. */
  @Benchmark
  public double stepOf4Rows() {
    return training.step(batch, 5e-6);
  }
}
