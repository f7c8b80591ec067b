package io.sande.djl;

import ai.djl.ndarray.NDManager;
import com.google.common.collect.Lists;
import com.google.common.io.Closer;
import io.sande.djl.checkpoint.Checkpoint;
import io.sande.djl.checkpoint.Layout;
import io.sande.djl.checkpoint.ModelConfig;
import io.sande.djl.checkpoint.Rope;
import io.sande.djl.text.CheckpointText;
import io.sande.internal.Check;
import io.sande.model.AdamW;
import io.sande.model.ChatTokenizer;
import io.sande.model.Continuations;
import io.sande.model.LanguageModel;
import io.sande.model.ModelInfo;
import io.sande.model.Objective;
import io.sande.model.Prefix;
import io.sande.model.Snapshot;
import io.sande.model.SoftPrompt;
import io.sande.model.SoftPromptTraining;
import io.sande.model.TokenSequence;
import io.sande.model.Training;
import io.sande.model.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A checkpoint in libtorch. One lock lets one call at a time into the {@link Decoder}. */
final class DjlModel implements LanguageModel {
  /** Sequences that are scored at a time, so that memory does not grow with the caller's list. */
  private static final int ROWS = 64;

  private final Checkpoint checkpoint;
  private final CheckpointText text;
  private final Decoder decoder;
  private final Gate gate;
  private final Generation generation;
  private @Nullable DjlTraining<?> training;
  private long weightsVersion;

  private DjlModel(Checkpoint checkpoint, CheckpointText text, Decoder decoder, Gate gate) {
    this.checkpoint = checkpoint;
    this.text = text;
    this.decoder = decoder;
    this.gate = gate;
    generation = new Generation(this, decoder, text, PromptParts.of(checkpoint, decoder));
  }

  static DjlModel load(Path folder, LoadOptions options) throws IOException {
    Closer opened = Closer.create(); // in case of failure, the last opened first
    try {
      Checkpoint checkpoint = opened.register(Checkpoint.open(folder));
      CheckpointText text = CheckpointText.open(folder, checkpoint.config().vocabulary());
      opened.register(text::close);
      Gate gate = Gate.open();
      opened.register(() -> gate.close(() -> {}));
      return gate.alone(
          () -> {
            NDManager manager = NDManager.newBaseManager(Devices.of(options), "PyTorch");
            opened.register(manager::close);
            Decoder decoder = WeightFiles.load(checkpoint, options, manager);
            return new DjlModel(checkpoint, text, decoder, gate);
          });
    } catch (IOException | RuntimeException e) {
      closeAfter(e, opened);
      throw e;
    }
  }

  private static void closeAfter(Exception cause, Closer opened) {
    try {
      opened.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public ModelInfo info() {
    ModelConfig config = checkpoint.config();
    return new ModelInfo(
        config.family(),
        checkpoint.parameters(),
        config.layers(),
        config.hidden(),
        config.vocabulary(),
        contextLength(config),
        decoder.dtype().name().toLowerCase(java.util.Locale.ROOT));
  }

  /** Dynamic rope exists to go beyond the positions of the configuration. */
  static int contextLength(ModelConfig config) {
    return config.rope() instanceof Rope.Dynamic rope
        ? (int) (config.contextLength() * rope.factor())
        : config.contextLength();
  }

  /** Native side, for tests. */
  Decoder decoder() {
    return decoder;
  }

  /** Order of the weights, for tests. */
  Layout layout() {
    return Layout.of(checkpoint.config());
  }

  @Override
  public ChatTokenizer tokenizer() {
    return text;
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    Check.positive("maxNewTokens", maxNewTokens);
    prompts.forEach(prompt -> checkIds(prompt, prompt.length + maxNewTokens));
    return generation.of(prompts, maxNewTokens);
  }

  @Override
  public Prefix prefix(int[] ids) {
    checkIds(ids, ids.length);
    return alone(() -> new DjlPrefix(this, decoder, ids));
  }

  @Override
  public List<int[]> generate(Prefix prefix, List<int[]> rests, int maxNewTokens) {
    Check.positive("maxNewTokens", maxNewTokens);
    if (!(prefix instanceof DjlPrefix own && own.isOf(this))) {
      throw new IllegalArgumentException("prefix must be one of this model but was another's");
    }
    int before = own.ids().length;
    rests.forEach(rest -> checkIds(rest, before + rest.length + maxNewTokens));
    return generation.of(own, rests, maxNewTokens);
  }

  @Override
  public Continuations continuations(List<int[]> prompts) {
    Check.that(!prompts.isEmpty(), "prompts", "at least one", "none");
    prompts.forEach(prompt -> checkIds(prompt, prompt.length + 1));
    return continuations(PackedBatch.ofPrompts(prompts));
  }

  @Override
  public Continuations continuations(List<int[]> prompts, SoftPrompt soft) {
    Check.that(!prompts.isEmpty(), "prompts", "at least one", "none");
    checkSoftPrompt(soft);
    for (int[] prompt : prompts) {
      checkIds(prompt, prompt.length + soft.length() + 1);
      int least = soft.position();
      Check.that(prompt.length >= least, "prompt", "at least " + least + " tokens", prompt.length);
    }
    return continuations(PackedBatch.ofPrompts(prompts, soft));
  }

  private Continuations continuations(PackedBatch batch) {
    return alone(() -> new DjlContinuations(this, decoder, batch, text));
  }

  @Override
  public List<double[]> score(List<TokenSequence> sequences) {
    checkSequences(sequences);
    double[][] results = new double[sequences.size()][0];
    List<Integer> labelled =
        IntStream.range(0, sequences.size())
            .filter(i -> sequences.get(i).labels().count() > 0)
            .boxed()
            .toList();
    for (List<Integer> part : Lists.partition(labelled, ROWS)) {
      Check.notInterrupted("while scoring");
      PackedBatch batch = PackedBatch.ofLabels(part.stream().map(sequences::get).toList());
      float[] scores = alone(() -> decoder.score(batch));
      int at = 0;
      for (int place : batch.order()) {
        int i = part.get(place);
        int end = at + sequences.get(i).labels().count();
        results[i] = IntStream.range(at, end).mapToDouble(k -> scores[k]).toArray();
        at = end;
      }
    }
    return List.of(results);
  }

  @Override
  public Training train(Weights weights, AdamW optimizer) {
    return train(weights, optimizer, new Objective.CrossEntropy());
  }

  @Override
  public Training train(Weights weights, AdamW optimizer, Objective objective) {
    Loss loss = loss(objective);
    boolean layered = decoder.memory().folder() != null && !(weights instanceof Weights.Lora);
    if (layered && !(objective instanceof Objective.CrossEntropy)) {
      throw new IllegalArgumentException(
          "an offloaded model trains all weights by cross entropy alone; open it without offload");
    }
    return start(
        () ->
            weights instanceof Weights.Lora lora
                ? adapterUpdate(lora, loss)
                : weightUpdate(optimizer, loss, weights),
        optimizer);
  }

  private Loss loss(Objective objective) {
    if (objective instanceof Objective.Preference preference) {
      return new PreferenceLoss(decoder, own(preference.reference()), preference.beta());
    }
    if (objective instanceof Objective.AttentionDistillation distillation) {
      return new DistillationLoss(decoder, own(distillation.teacher()), distillation.beta());
    }
    return Loss.crossEntropy(decoder);
  }

  private DjlSnapshot own(Snapshot snapshot) {
    if (snapshot instanceof DjlSnapshot own && own.isOf(this)) {
      return own;
    }
    throw new IllegalArgumentException("snapshot must be one of this model but was " + snapshot);
  }

  private Update weightUpdate(AdamW optimizer, Loss loss, Weights weights) {
    if (decoder.adapter() != null) {
      throw new IllegalStateException("an adapter is attached; merge it before all weights train");
    }
    return new WeightUpdate(decoder, optimizer, loss, weights);
  }

  private Update adapterUpdate(Weights.Lora lora, Loss loss) {
    Adapter adapter = decoder.adapter();
    if (adapter == null) {
      adapter = Adapters.start(lora, decoder);
      decoder.attach(adapter);
    }
    return new AdapterUpdate(decoder, adapter, loss);
  }

  @Override
  public SoftPromptTraining trainSoftPrompt(SoftPrompt start, AdamW optimizer) {
    checkSoftPrompt(start);
    return new DjlTraining.OfSoftPrompt(
        this, start(() -> new SoftPromptUpdate(decoder, start), optimizer), start);
  }

  private <U extends Update> DjlTraining<U> start(Supplier<U> maker, AdamW optimizer) {
    return change(
        () -> {
          if (training != null) {
            throw new IllegalStateException("a training runs on this model; close it first");
          }
          DjlTraining<U> started = new DjlTraining<>(this, decoder, optimizer, maker.get());
          training = started;
          return started;
        });
  }

  /** Ends {@code finished}, after which another training may start. */
  void finish(DjlTraining<?> finished, Runnable release) {
    release(
        () -> {
          release.run();
          if (training == finished) {
            training = null;
          }
        });
  }

  /** Frees native memory; once the model itself is closed nothing is left to free. */
  void release(Runnable release) {
    gate.release(release);
  }

  @Override
  public Snapshot snapshot() {
    return alone(() -> new DjlSnapshot(this, decoder));
  }

  @Override
  public void moveTowards(Snapshot snapshot, double share) {
    Check.that(share >= 0 && share <= 1, "share", "at least 0 and at most 1", share);
    DjlSnapshot own = own(snapshot);
    change(() -> own.pull(share));
  }

  @Override
  public void restoreMostChanged(Snapshot origin, double quantile) {
    Check.fraction("quantile", quantile);
    if (!(origin instanceof DjlSnapshot copies)) {
      throw new IllegalArgumentException("snapshot must be one of this engine but was " + origin);
    }
    change(
        () -> {
          if (decoder.adapter() != null) {
            throw new IllegalStateException("an adapter is attached; merge it before");
          }
          copies.restore(this, quantile);
        });
  }

  /** Changes the weights; a running training goes on from there. */
  private void change(Runnable work) {
    change(
        () -> {
          work.run();
          if (training != null) {
            training.update().reload();
          }
          return this;
        });
  }

  @Override
  public void mergeAdapter() {
    detach(adapter -> Adapters.merge(decoder, adapter));
  }

  @Override
  public void dropAdapter() {
    detach(adapter -> {});
  }

  private void detach(Consumer<Adapter> before) {
    change(
        () -> {
          Adapter adapter = decoder.adapter();
          if (adapter != null) {
            Check.that(training == null, "training", "closed before the adapter goes", "open");
            before.accept(adapter);
            decoder.attach(null);
            adapter.close();
          }
          return this;
        });
  }

  @Override
  public void save(Path directory) throws IOException {
    aloneWithFiles(() -> WeightFiles.save(checkpoint, decoder, directory));
  }

  @Override
  public void saveWeights(Path file) throws IOException {
    aloneWithFiles(() -> WeightFiles.saveExactly(decoder, file));
  }

  @Override
  public void loadWeights(Path file) throws IOException {
    aloneWithFiles(
        () -> {
          if (training != null) {
            throw new IllegalStateException("a training runs on this model; close it first");
          }
          weightsVersion++;
          WeightFiles.loadExactly(decoder, file);
        });
  }

  @Override
  public void saveAdapter(Path directory) throws IOException {
    aloneWithFiles(
        () -> {
          Adapter adapter = decoder.adapter();
          if (adapter == null) {
            throw new IllegalStateException("no adapter is attached; train one, or load one");
          }
          Adapters.save(adapter, directory);
        });
  }

  @Override
  public void loadAdapter(Path directory) throws IOException {
    aloneWithFiles(
        () -> {
          if (decoder.adapter() != null || training != null) {
            throw new IllegalStateException(
                "an adapter is attached or a training runs; end that first");
          }
          decoder.attach(Adapters.load(directory, decoder));
          weightsVersion++;
        });
  }

  /** Ids in the vocabulary, lengths in the context, soft prompts as wide as the model. */
  void checkSequences(List<TokenSequence> sequences) {
    for (TokenSequence sequence : sequences) {
      checkIds(sequence.ids(), sequence.length());
      sequence.prompt().ifPresent(this::checkSoftPrompt);
    }
  }

  private void checkSoftPrompt(SoftPrompt soft) {
    int hidden = decoder.config().hidden();
    Check.that(soft.hiddenSize() == hidden, "soft prompt", "[n, " + hidden + "]", soft);
  }

  /** Ids in the vocabulary, and {@code length} positions in the context. */
  void checkIds(int[] ids, int length) {
    Check.that(ids.length > 0, "ids", "at least one token", "none");
    int limit = contextLength(decoder.config());
    Check.that(length <= limit, "length", "at most the context of " + limit + " tokens", length);
    int vocabulary = decoder.config().vocabulary();
    for (int id : ids) {
      Check.that(id >= 0 && id < vocabulary, "id", "in the vocabulary of " + vocabulary, id);
    }
  }

  /** The same for work that changes what the model computes. */
  <T> T change(Supplier<T> work) {
    return alone(
        () -> {
          weightsVersion++;
          return work.get();
        });
  }

  /** Grows with each change of what the model computes; read while the model is locked. */
  long weightsVersion() {
    return weightsVersion;
  }

  /** Runs {@code work} when no other call is inside. */
  <T> T alone(Supplier<T> work) {
    return gate.alone(work::get);
  }

  /** Work that reads or writes files. */
  @FunctionalInterface
  interface FileWork {
    void run() throws IOException;
  }

  /** The same for such work. */
  void aloneWithFiles(FileWork work) throws IOException {
    gate.alone(
        () -> {
          work.run();
          return this;
        });
  }

  @Override
  public void close() {
    gate.close(
        () -> {
          decoder.close();
          text.close();
          closeFiles();
        });
  }

  private void closeFiles() {
    try {
      checkpoint.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
