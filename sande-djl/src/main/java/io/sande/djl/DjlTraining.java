package io.sande.djl;

import ai.djl.ndarray.NDManager;
import io.sande.internal.Check;
import io.sande.model.AdamW;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Steps of one {@link Update}, each let in by the model when nothing else uses it. */
final class DjlTraining<U extends Update> implements Training {
  /** Weights up to which a step is so short that compiling for new lengths counts. */
  private static final long SMALL = 1L << 28;

  private final DjlModel model;
  private final Decoder decoder;
  private final AdamW optimizer;
  private final U update;
  private boolean closed;

  DjlTraining(DjlModel model, Decoder decoder, AdamW optimizer, U update) {
    this.model = model;
    this.decoder = decoder;
    this.optimizer = optimizer;
    this.update = update;
  }

  U update() {
    return update;
  }

  @Override
  public double step(List<TokenSequence> batch, double learningRate) {
    if (!update.mayGoUphill()) {
      Check.notNegative("learningRate", learningRate);
    }
    List<TokenSequence> labelled = batch.stream().filter(s -> s.labels().count() > 0).toList();
    Check.that(
        !labelled.isEmpty(), "batch", "sequences with a labelled token", batch.size() + " without");
    model.checkSequences(labelled);
    update.check(batch);
    return model.change(() -> change(labelled, learningRate));
  }

  private double change(List<TokenSequence> batch, double rate) {
    Check.that(!closed, "training", "open", "closed");
    try (NDManager scope = decoder.manager().newSubManager()) {
      return update.apply(scope, pack(batch), Moments.hyper(scope, optimizer, rate)).getFloat();
    }
  }

  /** Filling up costs a large model more than it saves. */
  private PackedBatch pack(List<TokenSequence> batch) {
    return model.info().parameters() <= SMALL
        ? PackedBatch.filled(batch)
        : PackedBatch.ofLabels(batch);
  }

  @Override
  public void saveState(Path file) throws IOException {
    whileOpen(() -> TrainingFiles.save(decoder, update, file));
  }

  @Override
  public void loadState(Path file) throws IOException {
    whileOpen(() -> TrainingFiles.load(decoder, update, file));
  }

  private void whileOpen(DjlModel.FileWork work) throws IOException {
    model.aloneWithFiles(
        () -> {
          Check.that(!closed, "training", "open", "closed");
          work.run();
        });
  }

  @Override
  public void close() {
    model.finish(
        this,
        () -> {
          if (!closed) {
            closed = true;
            update.close();
          }
        });
  }

  /** The training of a soft prompt, which stands in every sequence. */
  record OfSoftPrompt(DjlModel model, DjlTraining<SoftPromptUpdate> training, SoftPrompt start)
      implements SoftPromptTraining {
    @Override
    public double step(List<TokenSequence> batch, double learningRate) {
      return training.step(batch.stream().map(this::insert).toList(), learningRate);
    }

    private TokenSequence insert(TokenSequence sequence) {
      Check.that(sequence.prompt().isEmpty(), "sequence", "without a soft prompt", "with one");
      return sequence.with(start);
    }

    @Override
    public SoftPrompt current() {
      float[] values = model.alone(() -> training.update().values());
      return SoftPrompt.of(start.position(), start.length(), values);
    }

    @Override
    public void saveState(Path file) throws IOException {
      training.saveState(file);
    }

    @Override
    public void loadState(Path file) throws IOException {
      training.loadState(file);
    }

    @Override
    public void close() {
      training.close();
    }
  }
}
