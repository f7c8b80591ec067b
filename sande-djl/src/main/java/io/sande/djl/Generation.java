package io.sande.djl;

import com.google.common.primitives.Ints;
import io.sande.djl.text.CheckpointText;
import io.sande.internal.Check;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Greedy continuations of many prompts, some at a time. What all of them begin with, such as the
 * system prompt of a template, is computed once.
 */
final class Generation {
  /** Tokens that a pass of their own for a common beginning must spare the others. */
  private static final int WORTH = 64;

  private final DjlModel model;
  private final Decoder decoder;
  private final CheckpointText text;
  private final PromptParts parts;

  Generation(DjlModel model, Decoder decoder, CheckpointText text, PromptParts parts) {
    this.model = model;
    this.decoder = decoder;
    this.text = text;
    this.parts = parts;
  }

  /** New tokens of each prompt, at most {@code most}. */
  List<int[]> of(List<int[]> prompts, int most) {
    int common = common(prompts);
    if ((prompts.size() - 1L) * common < WORTH) {
      return whole(prompts, most);
    }
    List<int[]> rests =
        prompts.stream().map(prompt -> Arrays.copyOfRange(prompt, common, prompt.length)).toList();
    int[] beginning = Arrays.copyOf(prompts.get(0), common);
    try (DjlPrefix prefix = new DjlPrefix(model, decoder, beginning)) {
      return of(prefix, rests, most);
    }
  }

  /** The same where {@code prefix} stands before each of {@code rests}. */
  List<int[]> of(DjlPrefix prefix, List<int[]> rests, int most) {
    int[] ids = prefix.ids();
    int longest = ids.length + rests.stream().mapToInt(rest -> rest.length).max().orElse(0);
    if (!prefix.holdsFor(longest)) {
      model.alone(prefix::checkOpen);
      return whole(rests.stream().map(rest -> Ints.concat(ids, rest)).toList(), most);
    }
    GenerationPlan plan = plan(most);
    return inParts(
        rests,
        ids.length,
        plan,
        batch -> decoder.generate(batch, prefix.arrays(model.weightsVersion()), plan));
  }

  private List<int[]> whole(List<int[]> prompts, int most) {
    GenerationPlan plan = plan(most);
    return inParts(prompts, 0, plan, batch -> decoder.generate(batch, plan));
  }

  /** How many tokens all prompts begin with; each keeps one of its own. */
  static int common(List<int[]> prompts) {
    int common = prompts.isEmpty() ? 0 : prompts.get(0).length - 1;
    for (int[] prompt : prompts) {
      int to = Math.min(common, prompt.length - 1);
      int differs = Arrays.mismatch(prompts.get(0), 0, to, prompt, 0, to);
      common = differs < 0 ? to : differs;
    }
    return common;
  }

  private GenerationPlan plan(int most) {
    int[] ends = text.endTokens().stream().mapToInt(Integer::intValue).toArray();
    int pad = text.padId(); // fills up answers that have ended: any token that is embedded does
    boolean embedded = pad >= 0 && pad < decoder.config().vocabulary();
    return new GenerationPlan(most, ends, embedded ? pad : 0);
  }

  /** Runs {@code kernel} on some prompts at a time, behind {@code offset} tokens. */
  private List<int[]> inParts(
      List<int[]> prompts,
      int offset,
      GenerationPlan plan,
      Function<PackedBatch, long[][]> kernel) {
    int[][] results = new int[prompts.size()][];
    int[] lengths = prompts.stream().mapToInt(prompt -> prompt.length).toArray();
    for (List<Integer> part : parts.of(lengths, offset + plan.most())) {
      Check.notInterrupted("while generating");
      PackedBatch batch = PackedBatch.ofPrompts(part.stream().map(prompts::get).toList(), offset);
      long[][] tokens = model.alone(() -> kernel.apply(batch));
      for (int row = 0; row < tokens.length; row++) {
        results[part.get(batch.order()[row])] =
            GenerationPlan.upToEnd(tokens[row], text.endTokens());
      }
    }
    return List.of(results);
  }
}
