package io.sande.benchmarks.jmh;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.djl.text.CheckpointText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Opening a checkpoint, which the system has read before, and writing one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
public class FileBenchmark {
  /** What an opened model computes in. */
  @State(Scope.Benchmark)
  public static class Precision {
    /** Weights are converted to it. */
    @Param({"FLOAT32", "BFLOAT16"})
    public LoadOptions.Precision dtype = LoadOptions.Precision.FLOAT32;
  }

  /** Where a checkpoint is written. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by JMH
  public static class Target {
    private Path parent;

    /** Makes an empty folder. */
    @Setup(Level.Trial)
    public void make() throws IOException {
      parent = Files.createTempDirectory("sande-jmh");
    }

    /** Deletes what was written. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
      MoreFiles.deleteRecursively(parent, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  /** Tokenizer, chat template and weights, until the model is ready; and its end. */
  @Benchmark
  public void openModel(Precision precision) throws IOException {
    DjlModels.load(Inputs.model(), LoadOptions.DEFAULT.withDtype(precision.dtype)).close();
  }

  /** Of that, tokenizer and chat template. */
  @Benchmark
  public void openTokenizer() throws IOException {
    CheckpointText.open(Inputs.model()).close();
  }

  /** The whole checkpoint in the dtype of its files, until the disk has it. */
  @Benchmark
  public void save(OpenModel open, Target target) throws IOException {
    open.model().save(target.parent.resolve("model"));
  }
}
