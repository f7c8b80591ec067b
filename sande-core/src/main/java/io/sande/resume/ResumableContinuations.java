package io.sande.resume;

import com.google.common.base.Preconditions;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepared prompts, which are not prepared yet while what follows is known. */
final class ResumableContinuations implements Continuations {
  private final Session session;
  private final List<int[]> prompts;
  private final long madeAt;
  private @Nullable Continuations real;

  ResumableContinuations(Session session, List<int[]> prompts, long madeAt) {
    this.session = session;
    this.prompts = List.copyOf(prompts);
    this.madeAt = madeAt;
  }

  /** Changes of the model before it was made. */
  long madeAt() {
    return madeAt;
  }

  /** Prepares the prompts on the model itself. */
  void start() {
    real = session.model().continuations(prompts);
  }

  @Override
  public List<Continuation> follow(List<int[]> starts, int steps) {
    Call call = Call.with(Kind.FOLLOW).ids(prompts).ids(starts).number(steps).build();
    return session.call(
        call,
        Codec.list(Codec.CONTINUATION),
        () -> Preconditions.checkNotNull(real).follow(starts, steps));
  }

  @Override
  public void close() {
    session.close(this);
    if (real != null) {
      real.close();
    }
  }
}
