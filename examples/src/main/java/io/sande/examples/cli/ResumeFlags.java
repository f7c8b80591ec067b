package io.sande.examples.cli;

import io.sande.model.LanguageModel;
import io.sande.report.Provenance;
import io.sande.resume.Resumable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command goes on where it was killed. */
final class ResumeFlags {
  /** Options that change no number, or name what is known by its hash. */
  private static final Set<String> NOT_COMPARED = Set.of("model", "out", "parrot-out");

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Keeps the state of the run in DIR until it is done. Killed, the same command again goes"
              + " on from there.")
  private @Nullable Path folder;

  @Option(
      names = "--resume-every",
      paramLabel = "SECONDS",
      description = "Shortest time between two states (default: ${DEFAULT-VALUE}).")
  private int seconds = 300;

  /** Opens the checkpoint, and brings it to where the run in the folder stands. */
  LanguageModel load(CommonOptions common, Report report) throws IOException {
    Usage.atLeast(common.command(), 0, "--resume-every", seconds);
    if (folder == null) {
      return common.load();
    }
    Map<String, String> run =
        run(
            report.provenance().isPresent()
                ? report.provenance().get()
                : Provenances.of(common, true));
    LanguageModel model = common.load();
    try {
      return Resumable.open(model, folder, run, Duration.ofSeconds(seconds));
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** To be called when all that the command writes is in its place. */
  void done() throws IOException {
    if (folder != null) {
      Resumable.delete(folder);
    }
  }

  /** All that the numbers depend on. */
  private static Map<String, String> run(Provenance provenance) {
    Map<String, String> run = new TreeMap<>(provenance.versions());
    provenance.model().forEach((file, hash) -> run.put("model's " + file, hash));
    provenance.data().forEach((option, hash) -> run.put("the file of --" + option, hash));
    provenance
        .options()
        .forEach(
            (option, value) -> {
              boolean hashed =
                  run.containsKey("the file of --" + option)
                      || run.containsKey("the file of --" + option + ".1");
              if (!hashed && !NOT_COMPARED.contains(option)) {
                run.put("--" + option, value);
              }
            });
    return run;
  }
}
