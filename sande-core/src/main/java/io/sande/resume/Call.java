package io.sande.resume;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.sande.model.SoftPrompt;
import io.sande.model.TokenSequence;
import io.sande.model.Weights;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One call of a model.
 *
 * @param kind which
 * @param arguments hash of all that it was given; nothing can be read from it
 */
record Call(Kind kind, long arguments) {
  /** A call without arguments. */
  static Call of(Kind kind) {
    return with(kind).build();
  }

  static Builder with(Kind kind) {
    return new Builder(kind);
  }

  /** Collects arguments. */
  static final class Builder {
    private final Kind kind;
    private final Hasher hasher = Hashing.sha256().newHasher();

    private Builder(Kind kind) {
      this.kind = kind;
    }

    Builder text(Object text) {
      String string = String.valueOf(text);
      hasher.putInt(string.length()).putString(string, StandardCharsets.UTF_8);
      return this;
    }

    Builder number(double number) {
      hasher.putDouble(number);
      return this;
    }

    Builder ids(int[] ids) {
      hasher.putInt(ids.length);
      for (int id : ids) {
        hasher.putInt(id);
      }
      return this;
    }

    Builder ids(List<int[]> all) {
      hasher.putInt(all.size());
      all.forEach(this::ids);
      return this;
    }

    Builder sequences(List<TokenSequence> sequences) {
      hasher.putInt(sequences.size());
      for (TokenSequence sequence : sequences) {
        ids(sequence.ids()).ids(sequence.labels().rows());
        sequence.prompt().ifPresentOrElse(this::prompt, () -> hasher.putInt(-1));
      }
      return this;
    }

    Builder prompt(SoftPrompt prompt) {
      hasher.putInt(prompt.position()).putInt(prompt.length());
      for (float value : prompt.values()) {
        hasher.putFloat(value);
      }
      return this;
    }

    /** The order of a set is another one in each process. */
    Builder weights(Weights weights) {
      return weights instanceof Weights.Lora lora
          ? text("lora")
              .number(lora.rank())
              .number(lora.alpha())
              .text(lora.targets().stream().sorted().toList())
              .text(lora.seed())
          : text(weights);
    }

    Call build() {
      return new Call(kind, hasher.hash().asLong());
    }
  }
}
