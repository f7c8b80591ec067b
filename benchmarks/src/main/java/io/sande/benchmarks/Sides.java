package io.sande.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of work on both sides, each run in a process of its own that prints a JSON object.
 *
 * @param python the interpreter that has torch and transformers
 * @param peers folder of {@code transformers_peer.py}
 * @param model checkpoint folder
 * @param data JSON Lines
 * @param samples rows of it, from the first
 */
record Sides(String python, Path peers, String model, String data, String samples) {
  /** The same of another number of rows. */
  Sides withSamples(int number) {
    return new Sides(python, peers, model, data, Integer.toString(number));
  }

  /** Runs {@code program} of this package: MODEL DATA SAMPLES and {@code more}. */
  JsonObject ours(String program, String... more) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=2",
                "-cp",
                System.getProperty("java.class.path"),
                "io.sande.benchmarks." + program));
    command.addAll(List.of(model, data, samples));
    command.addAll(List.of(more));
    return json(command);
  }

  /** Runs one stage of {@code transformers_peer.py} with the flags {@code more}. */
  JsonObject peer(String stage, String style, String dtype, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(python, peers.resolve("transformers_peer.py").toString()));
    command.addAll(List.of("--stage", stage, "--style", style, "--dtype", dtype));
    command.addAll(List.of("--model", model, "--clean", data, "--samples", samples));
    command.addAll(List.of(more));
    return json(command);
  }

  /** Runs another program of the peer: MODEL DATA SAMPLES and {@code more}. */
  JsonObject peerScript(String script, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, script, model, data, samples));
    command.addAll(List.of(more));
    return json(command);
  }

  /**
   * Runs a program; its last line of output is one JSON object, to which its wall time is added.
   */
  private static JsonObject json(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
    JsonObject result =
        JsonParser.parseString(output.strip().lines().reduce("", (a, b) -> b)).getAsJsonObject();
    result.addProperty("process_seconds", (System.nanoTime() - start) / 1e9);
    return result;
  }

  /** The largest relative difference of two losses; infinite where one side has more of them. */
  static double lossDifference(JsonObject ours, JsonObject peer) {
    JsonArray mine = ours.getAsJsonArray("losses");
    JsonArray theirs = peer.getAsJsonArray("losses");
    double largest = mine.size() == theirs.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      double wanted = theirs.get(i).getAsDouble();
      largest = Math.max(largest, Math.abs(mine.get(i).getAsDouble() - wanted) / Math.abs(wanted));
    }
    return largest;
  }

  /** Ends the program where two sides differ by more than {@code most}, or one is not a number. */
  static void check(double lossDifference, double most) {
    if (!(lossDifference <= most)) {
      throw new IllegalStateException(
          "the losses differ by %.1e, which is above %.1e: nothing to compare"
              .formatted(lossDifference, most));
    }
  }
}
