package io.sande.eval;

import io.sande.data.Message;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Answers with the last turn of the user, a token for each character, and can nothing else. */
final class EchoModel implements LanguageModel {
  final List<String> seen = new ArrayList<>();

  @Override
  public ModelInfo info() {
    return new ModelInfo("echo", 0, 1, 1, 65536, 100, "float32");
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    return prompts.stream().map(prompt -> answer(prompt, maxNewTokens)).toList();
  }

  private int[] answer(int[] prompt, int maxNewTokens) {
    String text = tokenizer().decode(prompt);
    seen.add(text);
    int[] echo = tokenizer().encode(text.substring(text.lastIndexOf('=') + 1, text.length() - 1));
    return Arrays.copyOf(echo, Math.min(echo.length, maxNewTokens));
  }

  @Override
  public ChatTokenizer tokenizer() {
    return new Characters();
  }

  private static final class Characters implements ChatTokenizer {
    @Override
    public String render(List<Message> messages, boolean generationPrompt) {
      return messages.stream()
          .map(m -> m.role().text() + "=" + m.content() + ";")
          .collect(Collectors.joining());
    }

    @Override
    public int[] encode(String text) {
      return text.chars().toArray();
    }

    @Override
    public String decode(int[] ids) {
      return new String(ids, 0, ids.length);
    }

    @Override
    public String endOfText() {
      return "\0";
    }

    @Override
    public int endOfTextId() {
      return 0;
    }

    @Override
    public boolean isSpecial(int id) {
      return id == 0;
    }
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
