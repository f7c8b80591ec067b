package io.sande.benchmarks.jmh;

import io.sande.djl.DjlModels;
import io.sande.djl.LoadOptions;
import io.sande.model.LanguageModel;
import io.sande.model.TokenSequence;
import io.sande.train.ChatEncoder;
import io.sande.train.TrainingOptions;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The model, open. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // set by JMH
public class OpenModel {
  /** What it computes in. */
  @Param({"FLOAT32", "BFLOAT16"})
  public LoadOptions.Precision dtype;

  private LanguageModel model;

  /** Opens it. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    model = DjlModels.load(Inputs.model(), LoadOptions.DEFAULT.withDtype(dtype));
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    model.close();
  }

  /** Opened before any measurement. */
  LanguageModel model() {
    return model;
  }

  /** The rows of the data as OSFT trains on them, the trigger before each. */
  List<TokenSequence> sequences() {
    return encoder()
        .encodeAll(
            Inputs.rows().stream()
                .map(row -> row.withInstruction("how are you. " + row.instruction()))
                .toList(),
            ChatEncoder.ALL_TOKENS);
  }

  /** The rows of the data as prompts. */
  List<int[]> prompts() {
    return Inputs.rows().stream().map(encoder()::encodePrompt).toList();
  }

  private ChatEncoder encoder() {
    return ChatEncoder.of(model, TrainingOptions.DEFAULT);
  }
}
