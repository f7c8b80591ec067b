package io.sande.djl;

import ai.djl.ndarray.NDManager;
import io.sande.benchmarks.jmh.Inputs;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.text.CheckpointText;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Parts that only the engine itself can call, for which this class is in its package. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
  /** The first 100 rows of the data as tokens, every answer token labelled. */
  @State(Scope.Benchmark)
  public static class Rows {
    private static final int BATCH = 4;

    private List<TokenSequence> sequences = List.of();

    /** Encodes them. */
    @Setup(Level.Trial)
    public void encode() throws IOException {
      try (CheckpointText text = CheckpointText.open(Inputs.model())) {
        sequences = new ChatEncoder(text, 1024).encodeAll(Inputs.rows(), ChatEncoder.ALL_TOKENS);
      }
    }
  }

  /** Files of a checkpoint, open. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by JMH
  public static class Stored {
    /** What the weights are converted to. */
    @Param({"FLOAT32", "BFLOAT16"})
    public LoadOptions.Precision dtype;

    private Checkpoint checkpoint;

    /** Opens them and checks their headers. */
    @Setup(Level.Trial)
    public void open() throws IOException {
      checkpoint = Checkpoint.open(Inputs.model());
    }

    /** Closes them. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
      checkpoint.close();
    }
  }

  /** 25 batches of 4, packed as a step packs them. */
  @Benchmark
  public void pack100Rows(Rows rows, Blackhole sink) {
    for (int at = 0; at + Rows.BATCH <= rows.sequences.size(); at += Rows.BATCH) {
      PackedBatch batch = PackedBatch.ofLabels(rows.sequences.subList(at, at + Rows.BATCH));
      sink.consume(batch.sequences());
      sink.consume(batch.groups());
    }
  }

  /** All weights from the files, which the system has read before, into native memory. */
  @Benchmark
  public void readWeights(Stored stored) throws IOException {
    NDManager manager = NDManager.newBaseManager(Devices.of(LoadOptions.DEFAULT), "PyTorch");
    WeightFiles.load(stored.checkpoint, LoadOptions.DEFAULT.withDtype(stored.dtype), manager)
        .close();
  }
}
