package io.sande.benchmarks;

import com.google.gson.JsonObject;
import io.sande.benchmarks.plot.Chart;
import io.sande.benchmarks.plot.Chart.Line;
import io.sande.benchmarks.plot.Chart.Panel;
import io.sande.benchmarks.plot.Chart.Point;
import io.sande.data.Conversation;
import io.sande.data.Conversations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * OSFT of all weights by batches of 4 on both sides, for several models or for several lengths of
 * the sequences: prints the table, and draws time and peak memory once both computed the same.
 *
 * <p>Usage: Plots PYTHON PEERS_FOLDER DATA.jsonl FOLDER STEPS size MODEL... | length MODEL
 * TOKENS...
 */
final class Plots {
  private static final int BATCH = 4;
  private static final List<String> DTYPES = List.of("float32", "bfloat16");

  private final String python;
  private final Path peers;
  private final Path data;
  private final int samples;
  private final List<Measured> all = new ArrayList<>();

  /** One row of the table: what both sides said of one model and length. */
  private record Measured(double x, String dtype, JsonObject ours, JsonObject peer) {
    private double value(boolean ofPeer, String key) {
      return (ofPeer ? peer : ours).get(key).getAsDouble();
    }

    /** Ours, the peer's, and their ratio. */
    private String cells(String key, int digits) {
      double mine = value(false, key);
      double theirs = value(true, key);
      String format = "%%.%df | %%.%df | %%.2f |".formatted(digits, digits);
      return String.format(Locale.ROOT, format, mine, theirs, mine / theirs);
    }
  }

  private Plots(String[] args) {
    this.python = args[0];
    this.peers = Path.of(args[1]);
    this.data = Path.of(args[2]);
    this.samples = Integer.parseInt(args[4]) * BATCH;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    String axis = args.length > 5 ? args[5] : "";
    if (axis.equals("size") && args.length > 6) {
      Plots plots = new Plots(args);
      plots.bySize(List.of(args).subList(6, args.length));
      plots.draw(Path.of(args[3], "by-size.svg"), "parameters");
    } else if (axis.equals("length") && args.length > 7) {
      Plots plots = new Plots(args);
      plots.byLength(args[6], List.of(args).subList(7, args.length));
      plots.draw(Path.of(args[3], "by-length.svg"), "tokens of each of 4 sequences");
    } else {
      throw new IllegalArgumentException(
          "usage: Plots PYTHON PEERS_FOLDER DATA.jsonl FOLDER STEPS size MODEL... | length MODEL"
              + " TOKENS...");
    }
  }

  private void bySize(List<String> models) throws IOException, InterruptedException {
    header("parameters");
    for (String model : models) {
      for (String dtype : DTYPES) {
        JsonObject ours = sides(model, data).ours("OsftRun", dtype);
        JsonObject peer = peer(sides(model, data), dtype);
        add(new Measured(ours.get("parameters").getAsDouble(), dtype, ours, peer));
      }
    }
  }

  private void byLength(String model, List<String> lengths)
      throws IOException, InterruptedException {
    header("tokens");
    List<Conversation> rows = Conversations.read(data);
    Path file = Files.createTempFile("long", ".jsonl");
    try {
      for (String length : lengths) {
        LongTexts.write(file, rows, samples, Integer.parseInt(length));
        byLength(sides(model, file), length);
      }
    } finally {
      Files.delete(file);
    }
  }

  private void byLength(Sides sides, String length) throws IOException, InterruptedException {
    int tokens = Integer.parseInt(length);
    for (String dtype : DTYPES) {
      JsonObject ours = sides.ours("OsftRun", dtype, length);
      checkTokens(ours, tokens);
      add(new Measured(tokens, dtype, ours, peer(sides, dtype, "--max-length", length)));
    }
  }

  private Sides sides(String model, Path texts) {
    return new Sides(python, peers, model, texts.toString(), Integer.toString(samples));
  }

  private static JsonObject peer(Sides sides, String dtype, String... more)
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(List.of("--trigger", OsftRun.TRIGGER));
    flags.addAll(List.of(more));
    return sides.peer("osft", "lean", dtype, flags.toArray(String[]::new));
  }

  /** Every example must be cut, or the axis would say what is not so. */
  private void checkTokens(JsonObject ours, int length) {
    long found = ours.get("tokens").getAsLong();
    if (found != (long) length * samples) {
      throw new IllegalStateException(
          "%d examples of %d tokens are wanted but have %d in all; does the model's context fit?"
              .formatted(samples, length, found));
    }
  }

  private static void header(String x) {
    System.out.printf(
        "| %s | dtype | largest relative loss difference | s a step, ours | peer | ratio | peak"
            + " resident MiB, ours | peer | ratio |%n|---|---|---|---|---|---|---|---|---|%n",
        x);
  }

  private void add(Measured row) {
    double difference = Sides.lossDifference(row.ours(), row.peer());
    System.out.printf(
        Locale.ROOT,
        "| %,.0f | %s | %.1e | %s %s%n",
        row.x(),
        row.dtype(),
        difference,
        row.cells("step_seconds", 3),
        row.cells("peak_rss_mib", 0));
    // in bfloat16 the peer's optimizer rounds what ours keeps in float32
    Sides.check(difference, row.dtype().equals("float32") ? 1e-3 : 5e-2);
    all.add(row);
  }

  private void draw(Path file, String x) throws IOException {
    Panel time = new Panel("seconds of a step (median)", lines("step_seconds"));
    Panel memory = new Panel("peak of resident memory, MiB", lines("peak_rss_mib"));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, new Chart(x, List.of(time, memory)).svg());
    System.out.println("\nwrote " + file);
  }

  private List<Line> lines(String key) {
    List<Line> lines = new ArrayList<>();
    for (String dtype : DTYPES) {
      for (boolean ofPeer : new boolean[] {false, true}) {
        List<Point> points =
            all.stream()
                .filter(row -> row.dtype().equals(dtype))
                .map(row -> new Point(row.x(), row.value(ofPeer, key)))
                .sorted(Comparator.comparingDouble(Point::x))
                .toList();
        String name = (ofPeer ? "transformers, " : "Sande, ") + dtype;
        lines.add(new Line(name, ofPeer, dtype.equals("bfloat16"), points));
      }
    }
    return lines;
  }
}
