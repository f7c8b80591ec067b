package io.sande.eval;

import io.sande.internal.Check;
import io.sande.model.ModelInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Generates for many prompts, a bounded number of them at a time. */
record Generator(ModelInfo info, Generation generation, int maxNewTokens) {
  /** Bytes of keys and values that one call may need. */
  private static final long CACHE_BYTES = 1L << 30;

  private static final int MAX_PROMPTS = 64;

  /** Answers in the order of the prompts. Prompts of like length run together: less padding. */
  List<int[]> generate(List<int[]> prompts) {
    List<int[]> answers = new ArrayList<>(Collections.nCopies(prompts.size(), new int[0]));
    List<Integer> order =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted(Comparator.comparing(i -> prompts.get(i).length))
            .toList();
    int[] lengths = order.stream().mapToInt(i -> prompts.get(i).length).toArray();
    int start = 0;
    while (start < lengths.length) {
      int end = chunkEnd(lengths, start, positionsThatFit());
      List<Integer> chunk = order.subList(start, end);
      start = end;
      List<int[]> generated = generateChunk(chunk.stream().map(prompts::get).toList());
      for (int i = 0; i < chunk.size(); i++) {
        answers.set(chunk.get(i), generated.get(i));
      }
    }
    return answers;
  }

  private List<int[]> generateChunk(List<int[]> prompts) {
    Check.notInterrupted("while generating");
    return generation.generate(prompts, maxNewTokens);
  }

  /**
   * End of the chunk that begins at {@code start}: one prompt, and more as long as all of them, as
   * long as the longest and its answer, have at most {@code positions} tokens.
   *
   * @param lengths of the prompts, rising
   */
  int chunkEnd(int[] lengths, int start, long positions) {
    int end = start + 1;
    while (end < Math.min(lengths.length, start + MAX_PROMPTS)
        && (end + 1L - start) * (lengths[end] + maxNewTokens) <= positions) {
      end++;
    }
    return end;
  }

  /** Positions whose keys and values, in float32 and of all heads, have {@link #CACHE_BYTES}. */
  private long positionsThatFit() {
    return CACHE_BYTES / (2L * Float.BYTES * info.layers() * info.hiddenSize());
  }
}
