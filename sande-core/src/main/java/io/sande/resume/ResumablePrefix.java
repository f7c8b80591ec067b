package io.sande.resume;

import io.sande.model.LanguageModel;
import io.sande.model.Prefix;
import org.jspecify.annotations.Nullable;

/** A prefix that is prepared when it is first used; it follows the weights, so that is as good. */
final class ResumablePrefix implements Prefix {
  private final LanguageModel model;
  private final int[] ids;
  private @Nullable Prefix real;
  private boolean closed;

  ResumablePrefix(LanguageModel model, int[] ids) {
    this.model = model;
    this.ids = ids;
  }

  boolean isOf(LanguageModel other) {
    return model == other;
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  synchronized Prefix real() {
    if (closed) {
      throw new IllegalStateException("the prefix is closed");
    }
    if (real == null) {
      real = model.prefix(ids);
    }
    return real;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (real != null) {
      real.close();
    }
  }
}
