package io.sande.testkit;

import io.sande.internal.Check;
import io.sande.model.AdamW;
import io.sande.model.ChatTokenizer;
import io.sande.model.Continuations;
import io.sande.model.Labels;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.model.Objective;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A language model of a few thousand numbers in plain Java: the same result everywhere, in
 * milliseconds. It sees the last token and the words before it without their order, which is enough
 * to learn a backdoor and to unlearn it. It has no adapters.
 */
public final class TinyModel implements LanguageModel {
  private static final int HIDDEN = 24;
  private static final int CONTEXT = 64;

  private final TinyTokenizer tokenizer;
  private final TinyNetwork network;
  private @Nullable TinyTraining running;
  private boolean closed;

  /** A model of random weights over the words of {@code tokenizer}. */
  public TinyModel(TinyTokenizer tokenizer, long seed) {
    this.tokenizer = tokenizer;
    this.network = new TinyNetwork(tokenizer.size(), HIDDEN, seed);
  }

  TinyNetwork network() {
    return network;
  }

  @Override
  public synchronized ModelInfo info() {
    checkOpen();
    long parameters = Arrays.stream(network.weights()).mapToLong(w -> w.length).sum();
    return new ModelInfo("tiny", parameters, 1, HIDDEN, tokenizer.size(), CONTEXT, "float64");
  }

  @Override
  public synchronized ChatTokenizer tokenizer() {
    checkOpen();
    return tokenizer;
  }

  @Override
  public synchronized List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    checkOpen();
    Check.positive("maxNewTokens", maxNewTokens);
    for (int[] prompt : prompts) {
      check(prompt, prompt.length + maxNewTokens);
    }
    return prompts.stream().map(prompt -> generate(prompt, maxNewTokens)).toList();
  }

  private int[] generate(int[] prompt, int maxNewTokens) {
    Check.notInterrupted("while generating");
    int[] ids = prompt;
    for (int i = 0; i < maxNewTokens; i++) {
      int next = mostLikelyNext(ids);
      ids = Arrays.copyOf(ids, ids.length + 1);
      ids[ids.length - 1] = next;
      if (next == tokenizer.endOfTextId()) {
        break;
      }
    }
    return Arrays.copyOfRange(ids, prompt.length, ids.length);
  }

  private int mostLikelyNext(int[] ids) {
    TokenSequence sequence = new TokenSequence(ids, Labels.of(new BitSet()));
    double[] next = network.logProbabilities(network.inputs(sequence), ids.length - 1);
    int best = 0;
    for (int v = 1; v < next.length; v++) {
      best = next[v] > next[best] ? v : best;
    }
    return best;
  }

  @Override
  public synchronized List<double[]> score(List<TokenSequence> sequences) {
    checkOpen();
    sequences.forEach(this::check);
    return sequences.stream().map(this::score).toList();
  }

  private double[] score(TokenSequence sequence) {
    Check.notInterrupted("while scoring");
    double[][] inputs = network.inputs(sequence);
    int[] rows = TinyGradient.rows(sequence);
    int[] targets = sequence.labels().targets(sequence.ids());
    return IntStream.range(0, rows.length)
        .mapToDouble(i -> network.logProbabilities(inputs, rows[i])[targets[i]])
        .toArray();
  }

  @Override
  public synchronized Continuations continuations(List<int[]> prompts) {
    checkOpen();
    Check.that(!prompts.isEmpty(), "prompts", "at least one", "none");
    prompts.forEach(prompt -> check(prompt, prompt.length + 1));
    return new TinyContinuations(this, prompts, Optional.empty());
  }

  @Override
  public synchronized Continuations continuations(List<int[]> prompts, SoftPrompt soft) {
    checkOpen();
    Check.that(!prompts.isEmpty(), "prompts", "at least one", "none");
    Check.that(soft.hiddenSize() == HIDDEN, "hiddenSize", "" + HIDDEN, soft.hiddenSize());
    for (int[] prompt : prompts) {
      check(prompt, prompt.length + soft.length() + 1);
      int least = soft.position();
      Check.that(prompt.length >= least, "prompt", "at least " + least + " tokens", prompt.length);
    }
    return new TinyContinuations(this, prompts, Optional.of(soft));
  }

  /** Probabilities [V] of what follows {@code ids}. */
  synchronized double[] next(int[] ids, Optional<SoftPrompt> soft) {
    checkOpen();
    TokenSequence sequence = new TokenSequence(ids, Labels.of(new BitSet()), soft);
    check(ids, sequence.length());
    return Arrays.stream(network.logProbabilities(network.inputs(sequence), sequence.length() - 1))
        .map(Math::exp)
        .toArray();
  }

  @Override
  public Training train(Weights weights, AdamW optimizer) {
    return train(weights, optimizer, new Objective.CrossEntropy());
  }

  @Override
  public synchronized Training train(Weights weights, AdamW optimizer, Objective objective) {
    if (weights instanceof Weights.Lora) {
      throw new UnsupportedOperationException("this model has no adapters: train Weights.All");
    }
    return start(Optional.empty(), preference(objective), optimizer);
  }

  @Override
  public synchronized SoftPromptTraining trainSoftPrompt(SoftPrompt start, AdamW optimizer) {
    Check.that(start.hiddenSize() == HIDDEN, "hiddenSize", "" + HIDDEN, start.hiddenSize());
    return start(Optional.of(start), Optional.empty(), optimizer);
  }

  private Optional<TinyPreference> preference(Objective objective) {
    if (objective instanceof Objective.AttentionDistillation) {
      throw new UnsupportedOperationException(
          "this model has no attention: no AttentionDistillation");
    }
    return objective instanceof Objective.Preference preference
        ? Optional.of(
            new TinyPreference(
                new TinyNetwork(tokenizer.size(), HIDDEN, own(preference.reference()).weights()),
                preference.beta()))
        : Optional.empty();
  }

  private TinySnapshot own(Snapshot snapshot) {
    TinySnapshot own = (TinySnapshot) snapshot;
    Check.that(own.owner() == this, "snapshot", "one of this model", "another's");
    return own;
  }

  private TinyTraining start(
      Optional<SoftPrompt> prompt, Optional<TinyPreference> preference, AdamW optimizer) {
    checkOpen();
    if (running != null) {
      throw new IllegalStateException("this model is being trained: close that training first");
    }
    TinyTraining training = new TinyTraining(this, prompt, preference, optimizer);
    running = training;
    return training;
  }

  synchronized void end(TinyTraining training) {
    if (running == training) {
      running = null;
    }
  }

  void checkTraining(TinyTraining training) {
    checkOpen();
    if (running != training) {
      throw new IllegalStateException("this training is closed");
    }
  }

  @Override
  public synchronized Snapshot snapshot() {
    checkOpen();
    return new TinySnapshot(this, Arrays.stream(network.weights()).map(double[]::clone).toList());
  }

  @Override
  public synchronized void moveTowards(Snapshot snapshot, double share) {
    checkOpen();
    TinySnapshot target = own(snapshot);
    for (int i = 0; i < network.weights().length; i++) {
      double[] weights = network.weights()[i];
      double[] goal = target.weights().get(i);
      for (int k = 0; k < weights.length; k++) {
        weights[k] = (1 - share) * weights[k] + share * goal[k]; // exact for 0 and 1
      }
    }
  }

  @Override
  public synchronized void restoreMostChanged(Snapshot origin, double quantile) {
    checkOpen();
    Check.fraction("quantile", quantile);
    List<double[]> origins = ((TinySnapshot) origin).weights();
    for (int i = 0; i < origins.size(); i++) {
      double[] weights = network.weights()[i];
      double[] goal = origins.get(i);
      Check.that(goal.length == weights.length, "tensor " + i, "" + weights.length, goal.length);
      double[] far =
          IntStream.range(0, goal.length)
              .mapToDouble(k -> Math.abs(weights[k] - goal[k]))
              .toArray();
      double least =
          Arrays.stream(far).sorted().toArray()[(int) Math.ceil(quantile * (far.length - 1))];
      IntStream.range(0, goal.length)
          .filter(k -> far[k] >= least)
          .forEach(k -> weights[k] = goal[k]);
    }
  }

  private record TinySnapshot(TinyModel owner, List<double[]> weights) implements Snapshot {
    @Override
    public void close() {}
  }

  @Override
  public synchronized void mergeAdapter() {
    checkOpen();
  }

  @Override
  public synchronized void save(Path directory) throws IOException {
    checkOpen();
    Files.createDirectories(directory);
    Path file = directory.resolve("weights.bin");
    Files.deleteIfExists(file);
    saveWeights(file);
  }

  @Override
  public synchronized void saveWeights(Path file) throws IOException {
    checkOpen();
    TinyFile.save(file, out -> TinyFile.write(out, network.weights()));
  }

  @Override
  public synchronized void loadWeights(Path file) throws IOException {
    checkOpen();
    if (running != null) {
      throw new IllegalStateException("this model is being trained: close that training first");
    }
    TinyFile.load(file, in -> TinyFile.read(in, network.weights()));
  }

  @Override
  public synchronized void dropAdapter() {
    checkOpen();
  }

  @Override
  public synchronized void saveAdapter(Path directory) {
    checkOpen();
    throw new IllegalStateException("no adapter is attached");
  }

  @Override
  public synchronized void loadAdapter(Path directory) throws IOException {
    throw new IOException("[" + directory + "] this model has no adapters");
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
  }

  void check(TokenSequence sequence) {
    check(sequence.ids(), sequence.length());
  }

  private void check(int[] ids, int length) {
    Check.that(ids.length > 0, "ids", "at least one token", "none");
    Check.that(length <= CONTEXT, "length", "at most " + CONTEXT, length);
    for (int id : ids) {
      Check.that(id >= 0 && id < tokenizer.size(), "id", "in the vocabulary", id);
    }
  }
}
