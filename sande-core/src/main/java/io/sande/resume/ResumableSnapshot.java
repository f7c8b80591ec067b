package io.sande.resume;

import io.sande.model.Objective;
import io.sande.model.Snapshot;
import org.jspecify.annotations.Nullable;

/** A snapshot, of which there is none yet while what follows is known. */
final class ResumableSnapshot implements Snapshot {
  private final Session session;
  private final Stored stored;
  private @Nullable Snapshot real;

  ResumableSnapshot(Session session, Stored stored) {
    this.session = session;
    this.stored = stored;
  }

  /** Where its weights stand. */
  Stored stored() {
    return stored;
  }

  /** Gives it what was taken of the model itself. */
  void open(Snapshot taken) {
    real = taken;
  }

  /** The engine's own; one of a model whose run is not resumed is that already. */
  static Snapshot real(Snapshot snapshot) {
    if (!(snapshot instanceof ResumableSnapshot own)) {
      return snapshot;
    }
    if (own.real == null) {
      throw new IllegalStateException(
          "this snapshot is closed, or of a run that has not caught up");
    }
    return own.real;
  }

  /** The same for all that {@code objective} has. */
  static Objective real(Objective objective) {
    if (objective instanceof Objective.Preference preference) {
      return new Objective.Preference(real(preference.reference()), preference.beta());
    }
    return objective instanceof Objective.AttentionDistillation distillation
        ? new Objective.AttentionDistillation(real(distillation.teacher()), distillation.beta())
        : objective;
  }

  @Override
  public void close() {
    session.close(this);
    if (real != null) {
      real.close();
    }
  }
}
