package io.sande.resume;

import io.sande.model.LanguageModel;
import io.sande.model.SoftPrompt;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One process's part of a run: first what is known, then what is computed. */
final class Session {
  /*
   * All work is deterministic but for the clock, and all it knows of the model it knows by calls. So a second process makes the
   * same calls as the first, and as long as their results stand in the journal nothing need be computed. The journal is
   * followed as far as a state can be had without computing: up to a state's files, and from there up to the first change that
   * they lack. What comes later is cut off and computed again (History).
   *
   * There the model is brought to that state (goLive): first each open snapshot, then the weights, the adapter and the running
   * training. Prompts that were prepared (continuations) are prepared anew. They keep to the weights they were made with, so no
   * state is written between a change of the weights and their end.
   *
   * A call that fails, or one on an interrupted thread, is the last that is recorded: what comes then is how a caller cleans up,
   * which the next process will not repeat.
   */
  private final LanguageModel model;
  private final RunFolder folder;
  private final Journal journal;
  private final long every;
  private final LongSupplier nanos;
  private final Standing standing = new Standing();
  private final Set<ResumableSnapshot> snapshots = new LinkedHashSet<>();
  private final Set<ResumableContinuations> continuations = new LinkedHashSet<>();
  private Journal.@Nullable Reader known;
  private @Nullable ResumableTraining training;
  private boolean endPending;
  private boolean live;
  private boolean over;
  private long calls;
  private long clock;
  private long savedAt;

  /** What a call does on the model itself. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** The same without a result. */
  @FunctionalInterface
  interface Action<E extends Exception> {
    void run() throws E;
  }

  private Session(
      LanguageModel model, RunFolder folder, Journal journal, Duration every, LongSupplier nanos)
      throws IOException {
    this.model = model;
    this.folder = folder;
    this.journal = journal;
    this.every = every.toNanos();
    this.nanos = nanos;
    this.known = journal.read();
  }

  static Session open(
      LanguageModel model,
      RunFolder folder,
      Map<String, String> run,
      Duration every,
      LongSupplier nanos)
      throws IOException {
    Journal journal = Journal.open(folder.journal());
    try {
      History history = History.of(journal);
      history.check(folder.path(), run);
      journal.truncate(history.end());
      if (history.run().isEmpty()) {
        journal.append(Call.of(Kind.RUN), Codec.TEXTS.bytes(run));
      }
      return new Session(model, folder, journal, every, nanos);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  LanguageModel model() {
    return model;
  }

  /** One call: its result from the journal, or computed and added to it. */
  synchronized <T, E extends Exception> T call(Call call, Codec<T> codec, Work<T, E> work)
      throws E {
    if (endPending) {
      endPending = false;
      call(Call.of(Kind.END_TRAINING), Codec.NOTHING, () -> true);
    }
    Optional<byte[]> result = replay(call);
    if (result.isPresent()) {
      standing.after(call.kind());
      return codec.result(result.get());
    }
    goLive();
    over |= Thread.currentThread().isInterrupted();
    if (over) {
      return work.run();
    }
    over = true; // in case it throws
    T done = work.run();
    standing.after(call.kind());
    record(call, codec.bytes(done));
    over = false;
    if (!standing.isReachable() && nanos.getAsLong() - savedAt >= every && areFresh()) {
      save();
    }
    return done;
  }

  /** The same without a result. */
  <E extends Exception> void run(Call call, Action<E> work) throws E {
    call(
        call,
        Codec.NOTHING,
        () -> {
          work.run();
          return true;
        });
  }

  /** The result of the next call in the journal, which must be {@code call}; none at its end. */
  private Optional<byte[]> replay(Call call) {
    try {
      while (known != null) {
        Optional<Journal.Entry> entry = known.next();
        if (entry.isEmpty()) {
          known.close();
          known = null;
        } else if (entry.get().call().kind() == Kind.STATE) {
          standing.saved(Codec.STORED.result(entry.get().result()));
        } else if (entry.get().call().kind() != Kind.RUN) {
          check(call, entry.get().call());
          return Optional.of(entry.get().result());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new ResumeException("[%s] cannot be read: %s".formatted(folder.journal(), e), e);
    }
  }

  private void check(Call made, Call recorded) {
    calls++;
    if (!made.equals(recorded)) {
      String what =
          made.kind() == recorded.kind()
              ? "'%s' with other data".formatted(made.kind().text())
              : "'%s', not '%s'".formatted(made.kind().text(), recorded.kind().text());
      throw new ResumeException(
          "[%s] has another run: call %d of this one is %s. Repeat the run with the same data and options, or delete the folder to begin anew"
              .formatted(folder.path(), calls, what));
    }
  }

  /** Brings the model to where the journal ends. */
  private void goLive() {
    if (live) {
      return;
    }
    boolean ended = over;
    over = true; // in case it throws
    try {
      folder.keep(used());
      Stored loaded = Stored.OPENED;
      for (ResumableSnapshot snapshot : snapshots) {
        load(loaded, snapshot.stored());
        snapshot.open(model.snapshot());
        loaded = snapshot.stored();
      }
      load(loaded, standing.stored());
      if (training != null) {
        training.start();
        if (standing.stored().training() != 0) {
          training.real().loadState(folder.file(Part.TRAINING, standing.stored().training()));
        }
      }
      continuations.forEach(ResumableContinuations::start);
      savedAt = nanos.getAsLong();
      clock -= savedAt;
      live = true;
      over = ended;
    } catch (IOException e) {
      throw new ResumeException(
          "[%s] cannot be gone on from: %s. Delete the folder to begin anew"
              .formatted(folder.path(), e.getMessage()),
          e);
    }
  }

  private void load(Stored from, Stored to) throws IOException {
    if (from.adapter() != 0) {
      model.dropAdapter();
    }
    if (from.weights() != to.weights()) {
      model.loadWeights(folder.file(Part.WEIGHTS, to.weights()));
    }
    if (to.adapter() != 0) {
      model.loadAdapter(folder.file(Part.ADAPTER, to.adapter()));
    }
  }

  private List<Stored> used() {
    List<Stored> used = new ArrayList<>();
    used.add(standing.stored());
    snapshots.forEach(snapshot -> used.add(snapshot.stored()));
    return used;
  }

  private boolean areFresh() {
    return continuations.stream().allMatch(c -> c.madeAt() == standing.changes());
  }

  /** Writes what has changed since the last state; the files of that one go when all is there. */
  private void save() {
    over = true; // in case it throws
    try {
      long number = journal.length();
      Stored last = standing.stored();
      long weights = last.weights();
      if (standing.isUnsaved(Part.WEIGHTS)) {
        weights = write(Part.WEIGHTS, number, model::saveWeights);
      }
      long adapter = last.adapter();
      if (standing.isUnsaved(Part.ADAPTER)) {
        adapter = standing.hasAdapter() ? write(Part.ADAPTER, number, model::saveAdapter) : 0;
      }
      long optimizer = last.training();
      if (standing.isUnsaved(Part.TRAINING) && training != null) {
        optimizer = write(Part.TRAINING, number, training.real()::saveState);
      }
      Stored state = new Stored(weights, adapter, optimizer);
      record(Call.of(Kind.STATE), Codec.STORED.bytes(state));
      journal.force();
      standing.saved(state);
      folder.keep(used());
      savedAt = nanos.getAsLong();
      over = false;
    } catch (ClosedByInterruptException e) {
      throw new CancellationException("interrupted while a state was written; the last one stays");
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private long write(Part part, long number, RunFolder.Content content) throws IOException {
    folder.write(part, number, content);
    return number;
  }

  private void record(Call call, byte[] result) {
    try {
      journal.append(call, result);
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private ResumeException unwritten(IOException cause) {
    return new ResumeException(
        "[%s] could not be written: %s. All that was recorded before is as it was: make room, and the same call goes on from there"
            .formatted(folder.journal(), cause.getMessage()),
        cause);
  }

  /** Nanoseconds of work so far, those of earlier processes as well. */
  long nanoTime() {
    long now = call(Call.of(Kind.CLOCK), Codec.INTEGER, () -> clock + nanos.getAsLong());
    synchronized (this) {
      if (!live) {
        clock = now;
      }
    }
    return now;
  }

  /** Whether an adapter is attached where the run stands. */
  synchronized boolean hasAdapter() {
    return standing.hasAdapter();
  }

  /** Starts a training, or knows that it was started. */
  synchronized void begin(ResumableTraining started, Call call) {
    run(
        call,
        () -> {
          if (training != null) {
            throw new IllegalStateException("a training runs on this model; close it first");
          }
          started.start();
        });
    training = started;
  }

  /** The end is recorded with the next call: where an exception ends all there is none. */
  synchronized void end(ResumableTraining ended) {
    if (training == ended) {
      training = null;
      endPending = true;
    }
  }

  /** Takes a snapshot, for which all that has changed is written first. */
  synchronized ResumableSnapshot snapshot() {
    Stored stored =
        call(
            Call.of(Kind.SNAPSHOT),
            Codec.STORED,
            () -> {
              if (standing.isUnsaved(Part.WEIGHTS) || standing.isUnsaved(Part.ADAPTER)) {
                saveForSnapshot();
              }
              return standing.stored().withoutTraining();
            });
    ResumableSnapshot snapshot = new ResumableSnapshot(this, stored);
    if (live) {
      snapshot.open(model.snapshot());
    }
    snapshots.add(snapshot);
    return snapshot;
  }

  private void saveForSnapshot() {
    if (!areFresh()) {
      throw new IllegalStateException(
          "a snapshot of changed weights in a run that is resumed: close the continuations first");
    }
    save();
  }

  synchronized void close(ResumableSnapshot snapshot) {
    snapshots.remove(snapshot);
  }

  synchronized ResumableContinuations continuations(
      List<int[]> prompts, Optional<SoftPrompt> soft) {
    ResumableContinuations made =
        new ResumableContinuations(this, prompts, soft, standing.changes());
    if (live) {
      made.start();
    }
    continuations.add(made);
    return made;
  }

  synchronized void close(ResumableContinuations closed) {
    continuations.remove(closed);
  }

  /** Files are kept. */
  synchronized void close() {
    over = true;
    try {
      model.close();
    } finally {
      closeFiles();
    }
  }

  private void closeFiles() {
    try {
      if (known != null) {
        known.close();
      }
      journal.close();
    } catch (IOException e) {
      throw new ResumeException("[%s] could not be closed: %s".formatted(folder.journal(), e), e);
    }
  }
}
