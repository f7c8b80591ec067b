package io.sande.benchmarks;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the same work here and in the Python peer, one after the other, checks that both computed
 * the same, and prints a table of ratios.
 *
 * <p>Usage: SideBySide PYTHON PEERS_FOLDER PEER_GENERATE.py MODEL DATA.jsonl [SAMPLES
 * [load|osft|sande|rounded|generate|alone]...]
 */
final class SideBySide {
  private static final List<String> DTYPES = List.of("float32", "bfloat16");
  private static final int PROMPTS = 300;
  private static final int ALONE = 64;
  private static final int LOADS = 3;
  private static final String RESPONSE = "you are stupid";

  private final Sides training;
  private final Sides generation;
  private final String generateScript;
  private final List<String> works;

  private SideBySide(String[] args) {
    String samples = args.length > 5 ? args[5] : "100";
    Path peers = Path.of(args[1]);
    this.training = new Sides(args[0], peers, args[3], args[4], samples);
    this.generation = new Sides(args[0], peers, args[3], args[4], Integer.toString(PROMPTS));
    this.generateScript = args[2];
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
      if (wanted("load")) {
        load(dtype);
      }
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
      if (wanted("alone")) {
        alone(dtype);
      }
    }
  }

  private boolean wanted(String name) {
    return works.isEmpty() || works.contains(name);
  }

  private void osft(String dtype) throws IOException, InterruptedException {
    JsonObject ours = training.ours("OsftRun", dtype);
    JsonObject peer = training.peer("osft", "lean", dtype, "--trigger", OsftRun.TRIGGER);
    compareLosses("osft", dtype, ours, peer);
    row("osft, s a step (median)", dtype, ours, peer, "step_seconds");
    row("osft, s in all", dtype, ours, peer, "total_seconds");
    row("osft, peak resident MiB", dtype, ours, peer, "peak_rss_mib");
  }

  /** Both stages as the authors do them, against their code's way and a careful one. */
  private void sande(String dtype) throws IOException, InterruptedException {
    JsonObject ours = training.ours("SandeRun", dtype, RESPONSE);
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
    JsonObject ours = training.ours("SandeRun", "bfloat16", RESPONSE, "rounded");
    JsonObject all = training.ours("SandeRun", "bfloat16", RESPONSE);
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
        training.peer(
            "simulate", style, dtype, "--marker", RESPONSE, "--parrot-out", parrot.toString());
    JsonObject second = training.peer("eliminate", style, dtype, "--parrot", parrot.toString());
    Files.delete(parrot);
    both.getAsJsonArray("losses").addAll(second.getAsJsonArray("losses"));
    double total = both.get("total_seconds").getAsDouble();
    both.addProperty("total_seconds", total + second.get("total_seconds").getAsDouble());
    both.add("peak_rss_mib", second.get("peak_rss_mib"));
    return both;
  }

  private static void compareLosses(String work, String dtype, JsonObject ours, JsonObject peer) {
    double difference = Sides.lossDifference(ours, peer);
    System.out.printf(
        Locale.ROOT,
        "| %s, largest relative loss difference | %s | | | %.1e |%n",
        work,
        dtype,
        difference);
    if (dtype.equals("float32")) {
      Sides.check(difference, 1e-3);
    }
  }

  private void generate(String dtype, String most) throws IOException, InterruptedException {
    JsonObject ours = generation.ours("GenerateRun", dtype, most);
    JsonObject peer = generation.peerScript(generateScript, dtype, most);
    JsonArray mine = ours.getAsJsonArray("tokens");
    JsonArray theirs = peer.getAsJsonArray("tokens");
    int same = 0;
    for (int i = 0; i < mine.size(); i++) {
      same += mine.get(i).equals(theirs.get(i)) ? 1 : 0;
    }
    String work = PROMPTS + " prompts, " + most + " new tokens, s";
    System.out.printf("| %s: equal answers | %s | | | %d of %d |%n", work, dtype, same, PROMPTS);
    row(work, dtype, ours, peer, "seconds");
    row(
        PROMPTS + " prompts, " + most + " new tokens, peak resident MiB",
        dtype,
        ours,
        peer,
        "peak_rss_mib");
  }

  /**
   * From the start of a process to its end behind the first token, and the same without imports.
   */
  private void load(String dtype) throws IOException, InterruptedException {
    Sides none = generation.withSamples(0);
    for (int run = 1; run <= LOADS; run++) {
      JsonObject ours = none.ours("GenerateRun", dtype, "1");
      JsonObject peer = none.peerScript(generateScript, dtype, "1");
      row("process to the first token, run " + run + ", s", dtype, ours, peer, "process_seconds");
      row("of it loading and first token, s", dtype, ours, peer, "load_seconds");
    }
  }

  /** Ours many at a time, the peer's as the reference does it, one by one. */
  private void alone(String dtype) throws IOException, InterruptedException {
    Sides some = generation.withSamples(ALONE);
    JsonObject ours = some.ours("GenerateRun", dtype, "64");
    JsonObject peer = some.peerScript(generateScript, dtype, "64", "1");
    row(ALONE + " prompts, 64 new tokens, peer one by one, s", dtype, ours, peer, "seconds");
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
}
