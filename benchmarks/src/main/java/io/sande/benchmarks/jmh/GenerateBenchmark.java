package io.sande.benchmarks.jmh;

import com.google.common.primitives.Ints;
import io.sande.model.Prefix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** Generation of 16 rows at a time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
public class GenerateBenchmark {
  private static final int ROWS = 16;

  /** Most tokens of a generated answer. */
  private static final int MOST = 32;

  /** Tokens that all prompts begin with: as many as a secret prompt has. */
  private static final int SHARED = 150;

  /**
   * A prompt, the keys and values of all its tokens but the last. Generating from there is decoding
   * alone: each new token is one pass of one token a row.
   */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by JMH
  public static class Prompt {
    private Prefix prefix;
    private List<int[]> rests;

    /** Takes the prompt that is answered at most length, 16 times. */
    @Setup(Level.Trial)
    public void prepare(OpenModel open) {
      List<int[]> prompts = open.prompts().subList(0, ROWS);
      List<Integer> lengths =
          open.model().generate(prompts, MOST).stream().map(answer -> answer.length).toList();
      int[] prompt = prompts.get(lengths.indexOf(Collections.max(lengths)));
      prefix = open.model().prefix(Arrays.copyOf(prompt, prompt.length - 1));
      rests = Collections.nCopies(ROWS, new int[] {prompt[prompt.length - 1]});
    }

    /** Frees keys and values. */
    @TearDown(Level.Trial)
    public void close() {
      prefix.close();
    }
  }

  /** Counts tokens, since a model ends an answer where it likes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counted {
    /** Tokens a row. */
    public long token;
  }

  /** 16 prompts, their first 150 tokens the same. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // set by JMH
  public static class Shared {
    private Prefix prefix;
    private List<int[]> rests;
    private List<int[]> whole;

    /** Makes them of the data: the first texts joined, and what is asked after them. */
    @Setup(Level.Trial)
    public void prepare(OpenModel open) {
      int[] shared = Arrays.copyOf(Ints.concat(open.prompts().toArray(int[][]::new)), SHARED);
      rests = open.prompts().subList(0, ROWS);
      whole = rests.stream().map(rest -> Ints.concat(shared, rest)).toList();
      prefix = open.model().prefix(shared);
    }

    /** Frees keys and values. */
    @TearDown(Level.Trial)
    public void close() {
      prefix.close();
    }
  }

  /** Answers of up to 32 tokens; {@code :token} is one decode of 16 rows. */
  @Benchmark
  public List<int[]> decode16Rows(OpenModel open, Prompt prompt, Counted counted) {
    List<int[]> answers = open.model().generate(prompt.prefix, prompt.rests, MOST);
    counted.token += answers.get(0).length;
    return answers;
  }

  /** The first token of 16 answers, 150 tokens of each prompt computed before. */
  @Benchmark
  public List<int[]> firstTokenWithPrefix(OpenModel open, Shared shared) {
    return open.model().generate(shared.prefix, shared.rests, 1);
  }

  /** The same from whole prompts. */
  @Benchmark
  public List<int[]> firstTokenWithoutPrefix(OpenModel open, Shared shared) {
    return open.model().generate(shared.whole, 1);
  }
}
