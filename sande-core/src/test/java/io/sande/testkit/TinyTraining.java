package io.sande.testkit;

import io.sande.model.AdamW;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trains all weights of a {@link TinyModel}, or a soft prompt alone. */
final class TinyTraining implements SoftPromptTraining {
  private final TinyModel model;
  private final TinyAdamW optimizer;
  private final Optional<SoftPrompt> start;
  private final Optional<TinyPreference> preference;
  private final double[][] trained;

  TinyTraining(
      TinyModel model,
      Optional<SoftPrompt> start,
      Optional<TinyPreference> preference,
      AdamW settings) {
    this.model = model;
    this.start = start;
    this.preference = preference;
    this.trained =
        start
            .map(prompt -> new double[][] {toDoubles(prompt.values())})
            .orElse(model.network().weights());
    this.optimizer = new TinyAdamW(settings, trained);
  }

  @Override
  public double step(List<TokenSequence> batch, double learningRate) {
    synchronized (model) {
      model.checkTraining(this);
      List<TokenSequence> sequences =
          start.isPresent() ? batch.stream().map(s -> s.with(current())).toList() : batch;
      sequences.forEach(model::check);
      TinyGradient gradient =
          preference
              .map(p -> p.gradient(model.network(), sequences))
              .orElseGet(() -> TinyGradient.of(model.network(), sequences));
      boolean done =
          optimizer.update(
              trained,
              start.isPresent() ? new double[][] {gradient.toPrompt()} : gradient.toWeights(),
              learningRate);
      return done ? gradient.loss() : Double.NaN;
    }
  }

  @Override
  public SoftPrompt current() {
    SoftPrompt prompt = start.orElseThrow();
    return SoftPrompt.of(prompt.position(), prompt.length(), toFloats(trained[0]));
  }

  @Override
  public void saveState(Path file) throws IOException {
    TinyFile.save(
        file,
        out -> {
          TinyFile.write(out, own());
          optimizer.write(out);
        });
  }

  @Override
  public void loadState(Path file) throws IOException {
    TinyFile.load(
        file,
        in -> {
          TinyFile.read(in, own());
          optimizer.read(in);
        });
  }

  /** What is trained and not the model's. */
  private double[][] own() {
    return start.isPresent() ? trained : new double[0][];
  }

  @Override
  public void close() {
    model.end(this);
  }

  private static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
