package io.sande.testkit;

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
import java.util.function.UnaryOperator;

/**
 * Answers each prompt as it is told to. Where it throws, a measurement does what it must not:
 * score, train or save.
 */
public final class AnsweringModel implements LanguageModel {
  private final ModelInfo info;
  private final ChatTokenizer tokenizer;
  private final UnaryOperator<int[]> answer;

  /** {@code answer} makes of a prompt what follows it; what is too long is cut. */
  public AnsweringModel(ModelInfo info, ChatTokenizer tokenizer, UnaryOperator<int[]> answer) {
    this.info = info;
    this.tokenizer = tokenizer;
    this.answer = answer;
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public ChatTokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    return prompts.stream()
        .map(answer)
        .map(whole -> Arrays.copyOf(whole, Math.min(whole.length, maxNewTokens)))
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
