package io.sande.benchmarks.jmh;

import io.sande.data.Conversation;
import io.sande.djl.text.CheckpointText;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Tokenizer and chat template, on the first 100 rows of the data. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // set by JMH
public class TextBenchmark {
  private CheckpointText text;
  private List<Conversation> rows;
  private List<String> rendered;

  /** Opens the tokenizer. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    text = CheckpointText.open(Inputs.model());
    rows = Inputs.rows();
    rendered = rows.stream().map(row -> text.render(row.messages(), false)).toList();
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    text.close();
  }

  /** Question and answer with the chat template around them. */
  @Benchmark
  public void tokenize100Texts(Blackhole sink) {
    rendered.forEach(each -> sink.consume(text.encode(each)));
  }

  /** The same texts, from messages. */
  @Benchmark
  public void render100Conversations(Blackhole sink) {
    rows.forEach(row -> sink.consume(text.render(row.messages(), false)));
  }
}
