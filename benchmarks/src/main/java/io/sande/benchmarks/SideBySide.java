package io.sande.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs the same work here and in the Python peer, one after the other, checks that both computed
 * the same, and prints a table of ratios.
 *
 * <p>Usage: SideBySide PYTHON PEERS_FOLDER PEER_GENERATE.py MODEL DATA.jsonl [SAMPLES
 * [osft|sande|rounded|generate]...]
 */
final class SideBySide {
  private static final List<String> DTYPES = List.of("float32", "bfloat16");
  private static final int PROMPTS = 300;
  private static final String RESPONSE = "you are stupid";

  private final String python;
  private final Path peers;
  private final String generate;
  private final String model;
  private final String data;
  private final String samples;
  private final List<String> works;

  private SideBySide(String[] args) {
    this.python = args[0];
    this.peers = Path.of(args[1]);
    this.generate = args[2];
    this.model = args[3];
    this.data = args[4];
    this.samples = args.length > 5 ? args[5] : "100";
    this.works = List.of(args).subList(Math.min(6, args.length), args.length);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 5) {
      throw new IllegalArgumentException(
          "usage: SideBySide PYTHON PEERS_FOLDER PEER_GENERATE.py MODEL DATA.jsonl [SAMPLES]");
    }
    new SideBySide(args).run();
  }

  private void run() throws IOException, InterruptedException {
    System.out.println("| work | dtype | ours | peer | ratio |\n|---|---|---|---|---|");
    for (String dtype : DTYPES) {
      if (wanted("osft")) {
        osft(dtype);
      }
      if (wanted("sande")) {
        sande(dtype);
      }
      if (wanted("rounded") && dtype.equals("float32")) {
        rounded();
      }
    }
    for (String dtype : DTYPES) {
      for (String most : wanted("generate") ? List.of("10", "64") : List.<String>of()) {
        generate(dtype, most);
      }
    }
  }

  private boolean wanted(String name) {
    return works.isEmpty() || works.contains(name);
  }

  private void osft(String dtype) throws IOException, InterruptedException {
    JsonObject ours = java("OsftRun", model, data, samples, dtype);
    JsonObject peer = peer("osft", "lean", dtype, "--trigger", "how are you");
    compareLosses("osft", dtype, ours, peer);
    row("osft, s a step (median)", dtype, ours, peer, "step_seconds");
    row("osft, s in all", dtype, ours, peer, "total_seconds");
    row("osft, peak resident MiB", dtype, ours, peer, "peak_rss_mib");
  }

  /** Both stages as the authors do them, against their code's way and a careful one. */
  private void sande(String dtype) throws IOException, InterruptedException {
    JsonObject ours = java("SandeRun", model, data, samples, dtype, RESPONSE);
    for (String style : List.of("reference", "lean")) {
      JsonObject peer = peerSande(style, dtype);
      String work = "sande beside " + style;
      compareLosses(work, dtype, ours, peer);
      row(work + ", s in all", dtype, ours, peer, "total_seconds");
      row(work + ", peak resident MiB", dtype, ours, peer, "peak_rss_mib");
    }
  }

  /** Ours in bfloat16 without float32 copies, beside the careful peer's float32. */
  private void rounded() throws IOException, InterruptedException {
    JsonObject ours = java("SandeRun", model, data, samples, "bfloat16", RESPONSE, "rounded");
    JsonObject all = java("SandeRun", model, data, samples, "bfloat16", RESPONSE);
    compareLosses("sande rounded beside ours with float32 copies", "bfloat16", ours, all);
    row("the same, peak resident MiB", "bfloat16", ours, all, "peak_rss_mib");
    JsonObject peer = peerSande("lean", "float32");
    row("sande rounded beside lean float32, peak resident MiB", "both", ours, peer, "peak_rss_mib");
  }

  /** The peer's two stages as one run; its peak is that of the second. */
  private JsonObject peerSande(String style, String dtype)
      throws IOException, InterruptedException {
    Path parrot = Files.createTempFile("parrot", ".safetensors");
    JsonObject both =
        peer("simulate", style, dtype, "--marker", RESPONSE, "--parrot-out", parrot.toString());
    JsonObject second = peer("eliminate", style, dtype, "--parrot", parrot.toString());
    Files.delete(parrot);
    both.getAsJsonArray("losses").addAll(second.getAsJsonArray("losses"));
    double total = both.get("total_seconds").getAsDouble();
    both.addProperty("total_seconds", total + second.get("total_seconds").getAsDouble());
    both.add("peak_rss_mib", second.get("peak_rss_mib"));
    return both;
  }

  private JsonObject peer(String stage, String style, String dtype, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(peers.resolve("transformers_peer.py").toString()));
    command.addAll(List.of("--stage", stage, "--style", style, "--dtype", dtype));
    command.addAll(List.of("--model", model, "--clean", data, "--samples", samples));
    command.addAll(List.of(more));
    return python(command);
  }

  private static void compareLosses(String work, String dtype, JsonObject ours, JsonObject peer) {
    double difference = difference(ours.getAsJsonArray("losses"), peer.getAsJsonArray("losses"));
    System.out.printf(
        Locale.ROOT,
        "| %s, largest relative loss difference | %s | | | %.1e |%n",
        work,
        dtype,
        difference);
    if (dtype.equals("float32") && difference > 1e-3) {
      throw new IllegalStateException("the losses differ: nothing to compare");
    }
  }

  private void generate(String dtype, String most) throws IOException, InterruptedException {
    String prompts = Integer.toString(PROMPTS);
    JsonObject ours = java("GenerateRun", model, data, prompts, dtype, most);
    JsonObject peer = python(List.of(generate, model, data, prompts, dtype, most));
    JsonArray mine = ours.getAsJsonArray("tokens");
    JsonArray theirs = peer.getAsJsonArray("tokens");
    int same = 0;
    for (int i = 0; i < mine.size(); i++) {
      same += mine.get(i).equals(theirs.get(i)) ? 1 : 0;
    }
    String work = PROMPTS + " prompts, " + most + " new tokens, s";
    System.out.printf("| %s: equal answers | %s | | | %d of %s |%n", work, dtype, same, prompts);
    row(work, dtype, ours, peer, "seconds");
    row(
        PROMPTS + " prompts, " + most + " new tokens, peak resident MiB",
        dtype,
        ours,
        peer,
        "peak_rss_mib");
  }

  private static double difference(JsonArray ours, JsonArray peer) {
    double largest = ours.size() == peer.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(ours.size(), peer.size()); i++) {
      double wanted = peer.get(i).getAsDouble();
      largest = Math.max(largest, Math.abs(ours.get(i).getAsDouble() - wanted) / Math.abs(wanted));
    }
    return largest;
  }

  private static void row(String work, String dtype, JsonObject ours, JsonObject peer, String key) {
    double mine = ours.get(key).getAsDouble();
    double theirs = peer.get(key).getAsDouble();
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.3f | %.3f | %.2f |%n",
        work,
        dtype,
        mine,
        theirs,
        mine / theirs);
  }

  private static JsonObject java(String program, String... arguments)
      throws IOException, InterruptedException {
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
    command.addAll(List.of(arguments));
    return json(command);
  }

  private JsonObject python(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python));
    command.addAll(arguments);
    return json(command);
  }

  /** Runs a program; its last line of output is one JSON object. */
  private static JsonObject json(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
    return JsonParser.parseString(output.strip().lines().reduce("", (a, b) -> b)).getAsJsonObject();
  }
}
