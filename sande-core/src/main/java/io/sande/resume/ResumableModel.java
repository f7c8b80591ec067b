package io.sande.resume;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Each call of a model as one of a {@link Session}. */
final class ResumableModel implements LanguageModel {
  private final Session session;

  ResumableModel(Session session) {
    this.session = session;
  }

  @Override
  public ModelInfo info() {
    return session.model().info();
  }

  @Override
  public ChatTokenizer tokenizer() {
    return session.model().tokenizer();
  }

  @Override
  public List<int[]> generate(List<int[]> prompts, int maxNewTokens) {
    Call call = Call.with(Kind.GENERATE).ids(prompts).number(maxNewTokens).build();
    return session.call(
        call, Codec.list(Codec.IDS), () -> session.model().generate(prompts, maxNewTokens));
  }

  @Override
  public Prefix prefix(int[] ids) {
    return new ResumablePrefix(session.model(), ids.clone());
  }

  @Override
  public List<int[]> generate(Prefix prefix, List<int[]> rests, int maxNewTokens) {
    if (!(prefix instanceof ResumablePrefix own && own.isOf(session.model()))) {
      throw new IllegalArgumentException("prefix must be one of this model but was another's");
    }
    Call call = Call.with(Kind.GENERATE).ids(own.ids()).ids(rests).number(maxNewTokens).build();
    return session.call(
        call,
        Codec.list(Codec.IDS),
        () -> session.model().generate(own.real(), rests, maxNewTokens));
  }

  @Override
  public List<double[]> score(List<TokenSequence> sequences) {
    Call call = Call.with(Kind.SCORE).sequences(sequences).build();
    return session.call(call, Codec.list(Codec.NUMBERS), () -> session.model().score(sequences));
  }

  @Override
  public Continuations continuations(List<int[]> prompts) {
    return session.continuations(prompts, Optional.empty());
  }

  @Override
  public Continuations continuations(List<int[]> prompts, SoftPrompt soft) {
    return session.continuations(prompts, Optional.of(soft));
  }

  @Override
  public Training train(Weights weights, AdamW optimizer) {
    return train(weights, optimizer, new Objective.CrossEntropy());
  }

  @Override
  public Training train(Weights weights, AdamW optimizer, Objective objective) {
    boolean adapter = weights instanceof Weights.Lora;
    Call call =
        Call.with(adapter ? Kind.TRAIN_ADAPTER : Kind.TRAIN)
            .weights(weights)
            .text(optimizer)
            .text(kind(objective))
            .build();
    ResumableTraining training =
        new ResumableTraining(
            session,
            adapter ? Kind.STEP_ADAPTER : Kind.STEP_WEIGHTS,
            () -> session.model().train(weights, optimizer, ResumableSnapshot.real(objective)));
    session.begin(training, call);
    return training;
  }

  /** What it is but for its snapshot, which is known by when it was taken. */
  private static String kind(Objective objective) {
    if (objective instanceof Objective.Preference preference) {
      return "preference " + preference.beta();
    }
    return objective instanceof Objective.AttentionDistillation distillation
        ? "attention distillation " + distillation.beta()
        : "cross entropy";
  }

  @Override
  public SoftPromptTraining trainSoftPrompt(SoftPrompt start, AdamW optimizer) {
    Call call = Call.with(Kind.TRAIN).prompt(start).text(optimizer).build();
    ResumableTraining training =
        new ResumableTraining(
            session, Kind.STEP_PROMPT, () -> session.model().trainSoftPrompt(start, optimizer));
    session.begin(training, call);
    return new ResumableTraining.OfSoftPrompt(session, training, start);
  }

  @Override
  public Snapshot snapshot() {
    return session.snapshot();
  }

  @Override
  public void moveTowards(Snapshot snapshot, double share) {
    Call call = Call.with(Kind.MOVE).text(known(snapshot)).number(share).build();
    session.run(call, () -> session.model().moveTowards(ResumableSnapshot.real(snapshot), share));
  }

  @Override
  public void restoreMostChanged(Snapshot origin, double quantile) {
    Call call = Call.with(Kind.RESTORE).text(known(origin)).number(quantile).build();
    session.run(
        call, () -> session.model().restoreMostChanged(ResumableSnapshot.real(origin), quantile));
  }

  private static String known(Snapshot snapshot) {
    return snapshot instanceof ResumableSnapshot own ? own.stored().toString() : "another model's";
  }

  @Override
  public void mergeAdapter() {
    if (session.hasAdapter()) {
      session.run(Call.of(Kind.MERGE_ADAPTER), () -> session.model().mergeAdapter());
    }
  }

  @Override
  public void dropAdapter() {
    if (session.hasAdapter()) {
      session.run(Call.of(Kind.DROP_ADAPTER), () -> session.model().dropAdapter());
    }
  }

  @Override
  public void save(Path directory) throws IOException {
    session.run(Call.of(Kind.SAVE), () -> session.model().save(directory));
    checkThere(directory);
  }

  @Override
  public void saveAdapter(Path directory) throws IOException {
    session.run(Call.of(Kind.SAVE), () -> session.model().saveAdapter(directory));
    checkThere(directory);
  }

  /** It may be an earlier process that has written it. */
  private static void checkThere(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ResumeException(
          "[%s] was written by this run before it was killed and is gone; delete the run's folder to begin anew"
              .formatted(directory));
    }
  }

  @Override
  public void loadAdapter(Path directory) throws IOException {
    Call call = Call.with(Kind.LOAD_ADAPTER).text(directory).build();
    session.run(call, () -> session.model().loadAdapter(directory));
  }

  @Override
  public long nanoTime() {
    return session.nanoTime();
  }

  @Override
  public void close() {
    session.close();
  }
}
