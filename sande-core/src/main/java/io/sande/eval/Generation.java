package io.sande.eval;

import io.sande.model.LanguageModel;
import java.util.List;

/** How prompts are continued: by {@link LanguageModel#generate(List, int)}, or as a server does. */
@FunctionalInterface
public interface Generation {
  /** New tokens alone, greedy, in the order of the prompts; what the model's own method gives. */
  List<int[]> generate(List<int[]> prompts, int maxNewTokens);
}
