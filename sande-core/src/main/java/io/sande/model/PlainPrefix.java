package io.sande.model;

import com.google.common.primitives.Ints;
import io.sande.internal.Check;
import java.util.List;

/** A prefix of which nothing but the tokens is kept: for engines without a cache. */
final class PlainPrefix implements Prefix {
  private final LanguageModel model;
  private final int[] ids;
  private volatile boolean closed;

  PlainPrefix(LanguageModel model, int[] ids) {
    Check.that(ids.length > 0, "ids", "at least one token", "none");
    this.model = model;
    this.ids = ids.clone();
  }

  @Override
  public int[] ids() {
    return ids.clone();
  }

  /** Whole prompts from what follows the prefix in each. */
  List<int[]> before(LanguageModel user, List<int[]> rests) {
    Check.that(user == model, "prefix", "one of this model", "another's");
    if (closed) {
      throw new IllegalStateException("the prefix is closed");
    }
    rests.forEach(rest -> Check.that(rest.length > 0, "rest", "at least one token", "none"));
    return rests.stream().map(rest -> Ints.concat(ids, rest)).toList();
  }

  @Override
  public void close() {
    closed = true;
  }
}
