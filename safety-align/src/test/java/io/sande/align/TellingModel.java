package io.sande.align;

import io.sande.model.AdamW;
import io.sande.model.ChatTokenizer;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Answers with the tokens of its prompt, some of the system prompt's left out. Where it throws, a
 * measurement does what it must not: score, train or save.
 */
final class TellingModel implements LanguageModel {
  private final ChatTokenizer tokenizer;
  private final int left;

  TellingModel() {
    this(0);
  }

  /** Leaves out the first {@code left} tokens of the system prompt. */
  TellingModel(int left) {
    this(Words.tokenizer(), left);
  }

  TellingModel(ChatTokenizer tokenizer, int left) {
    this.tokenizer = tokenizer;
    this.left = left;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("telling", 0, 1, 1, Words.tokenizer().size(), 400, "float32");
  }

  @Override
  public ChatTokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    return prompts.stream()
        .map(prompt -> Arrays.copyOfRange(prompt, 1 + left, prompt.length))
        .map(told -> Arrays.copyOf(told, Math.min(told.length, maxNewTokens)))
        .toList();
  }

  @Override
  public List<double[]> score(List<TokenSequence> sequences) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Continuations continuations(List<int[]> prompts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Training train(Weights weights, AdamW optimizer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SoftPromptTraining trainSoftPrompt(SoftPrompt start, AdamW optimizer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Snapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void moveTowards(Snapshot snapshot, double share) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mergeAdapter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void save(Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void saveAdapter(Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void loadAdapter(Path directory) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
