package io.sande.resume;

import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A training, of which there is none yet while its steps are known. */
final class ResumableTraining implements Training {
  private final Session session;
  private final Kind kind;
  private final Supplier<Training> starter;
  private @Nullable Training real;
  private boolean closed;

  /**
   * A training that has not begun.
   *
   * @param kind of its steps
   * @param starter starts it on the model itself
   */
  ResumableTraining(Session session, Kind kind, Supplier<Training> starter) {
    this.session = session;
    this.kind = kind;
    this.starter = starter;
  }

  /** Starts it on the model itself. */
  void start() {
    real = starter.get();
  }

  Training real() {
    if (real == null || closed) {
      throw new IllegalStateException("this training is closed");
    }
    return real;
  }

  @Override
  public double step(List<TokenSequence> batch, double learningRate) {
    Call call = Call.with(kind).sequences(batch).number(learningRate).build();
    return session.call(call, Codec.NUMBER, () -> real().step(batch, learningRate));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      session.end(this);
      if (real != null) {
        real.close();
      }
    }
  }

  /** The training of a soft prompt. */
  record OfSoftPrompt(Session session, ResumableTraining training, SoftPrompt start)
      implements SoftPromptTraining {
    @Override
    public double step(List<TokenSequence> batch, double learningRate) {
      return training.step(batch, learningRate);
    }

    @Override
    public SoftPrompt current() {
      float[] values =
          session.call(
              Call.of(Kind.CURRENT),
              Codec.VECTORS,
              () -> ((SoftPromptTraining) training.real()).current().values());
      return SoftPrompt.of(start.position(), start.length(), values);
    }

    @Override
    public void close() {
      training.close();
    }
  }
}
