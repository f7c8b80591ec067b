package io.sande.resume;

import io.sande.internal.Check;
import io.sande.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes work on a model one that may be killed at any moment, and goes on when it is started again.
 *
 * <pre>{@code
 * Path folder = Path.of("run");
 * Map<String, String> run = Map.of("data", sha256, "options", options.toString());
 * try (LanguageModel model = Resumable.open(DjlModels.load(victim), folder, run, Duration.ofMinutes(5))) {
 *   remover.remove(model, clean, listener);
 *   model.save(out);
 * }
 * Resumable.delete(folder);
 * }</pre>
 *
 * Killed and started again with the same arguments, this leaves in {@code out} what it would have
 * left without the kill, bit by bit, as far as the engine gives the same numbers for the same
 * calls: on the same kind of processor, with as many threads.
 */
public final class Resumable {
  /*
   * What needs a name: the algorithms are not resumable, the model is. They are deterministic, so it is enough to remember what
   * the model answered; see Session. docs/decisions/0012 has what speaks for this.
   */
  private Resumable() {}

  /**
   * A model that remembers in {@code folder} what it was asked and what it answered, and from time
   * to time its state. Where the folder has an earlier run, the first calls are answered from it,
   * without computing, and the model goes on from there. Calls must come from one thread, in an
   * order that depends on their results and on {@link LanguageModel#nanoTime} alone.
   *
   * @param model freshly opened, its engine able to save its state; owned and closed by what is
   *     returned, but not where this throws
   * @param folder made if it is not there; up to four times as large as the weights when all of
   *     them are trained
   * @param run names and values of all that the work depends on, such as hashes of model and data;
   *     the folder has them in clear
   * @param every shortest time between two states: what a kill may cost, besides starting; zero
   *     writes one after each update
   * @return a model whose calls throw {@link ResumeException} where they differ from those of the
   *     earlier run, or where the folder cannot be written, after which the last state is as it was
   * @throws ResumeException if the folder has something else, or a run with other values, or is in
   *     use
   */
  public static LanguageModel open(
      LanguageModel model, Path folder, Map<String, String> run, Duration every)
      throws IOException {
    Check.that(!every.isNegative(), "every", "0 or above", every);
    RunFolder place = RunFolder.open(folder);
    return new ResumableModel(
        Session.open(model, place, new TreeMap<>(run), every, System::nanoTime));
  }

  /** Deletes a run that has ended well; other files in the folder stay. */
  public static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      new RunFolder(folder).delete();
    }
  }
}
