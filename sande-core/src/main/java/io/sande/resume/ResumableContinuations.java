package io.sande.resume;

import com.google.common.base.Preconditions;
import io.sande.model.Continuation;
import io.sande.model.Continuations;
import io.sande.model.SoftPrompt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prepared prompts, which are not prepared yet while what follows is known. */
final class ResumableContinuations implements Continuations {
  private final Session session;
  private final List<int[]> prompts;
  private final Optional<SoftPrompt> soft;
  private final long madeAt;
  private @Nullable Continuations real;

  ResumableContinuations(
      Session session, List<int[]> prompts, Optional<SoftPrompt> soft, long madeAt) {
    this.session = session;
    this.prompts = List.copyOf(prompts);
    this.soft = soft;
    this.madeAt = madeAt;
  }

  /** Changes of the model before it was made. */
  long madeAt() {
    return madeAt;
  }

  /** Prepares the prompts on the model itself. */
  void start() {
    real =
        soft.map(vectors -> session.model().continuations(prompts, vectors))
            .orElseGet(() -> session.model().continuations(prompts));
  }

  @Override
  public List<Continuation> follow(List<int[]> starts, int steps) {
    Call.Builder call = Call.with(Kind.FOLLOW).ids(prompts).ids(starts).number(steps);
    soft.ifPresent(call::prompt);
    return session.call(
        call.build(),
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
