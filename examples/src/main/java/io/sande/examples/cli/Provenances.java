package io.sande.examples.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.report.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** What a command was made of: hashes of all that it reads, options, versions, machine. */
final class Provenances {
  private static final Set<String> WRITTEN =
      Set.of("--report", "--html", "--junit", "--out", "--parrot-out");

  /** Commands that read no weights. */
  private static final Set<String> WITHOUT_WEIGHTS = Set.of("inspect", "secret");

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private Provenances() {}

  /**
   * To be called before anything is written.
   *
   * @param hashed whether every file that the options name is read
   */
  static Provenance of(CommonOptions common, boolean hashed) throws IOException {
    return new Provenance(
        hashed && readsWeights(common) ? Provenance.hashFolder(common.model()) : Map.of(),
        hashed ? data(common) : Map.of(),
        options(common),
        versions(),
        machine(),
        common.seed(),
        Instant.now());
  }

  private static boolean readsWeights(CommonOptions common) {
    return !WITHOUT_WEIGHTS.contains(common.command().name()) && Files.isDirectory(common.model());
  }

  private static Map<String, String> options(CommonOptions common) {
    JsonObject options = Report.options(common.command());
    options.addProperty("dtype", common.dtype().text());
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonElement> option : options.entrySet()) {
      JsonElement value = option.getValue();
      texts.put(option.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
    }
    return texts;
  }

  /** Hash of each file under the name of its option; of one that is given often, with a number. */
  private static Map<String, String> data(CommonOptions common) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (OptionSpec option : common.command().options()) {
      if (!WRITTEN.contains(option.longestName())) {
        String name = option.longestName().replaceFirst("^-+", "");
        List<Path> files = files(option.getValue());
        for (int i = 0; i < files.size(); i++) {
          hashes.put(
              files.size() == 1 ? name : name + "." + (i + 1), Provenance.hashFile(files.get(i)));
        }
      }
    }
    return hashes;
  }

  private static List<Path> files(@Nullable Object value) {
    List<Path> files = new ArrayList<>();
    for (Object one : value instanceof Collection<?> all ? all : Collections.singleton(value)) {
      if (one instanceof Path file && Files.isRegularFile(file)) {
        files.add(file);
      }
    }
    return files;
  }

  private static Map<String, String> versions() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Provenances.class.getResourceAsStream("versions.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    Map<String, String> versions = new TreeMap<>();
    properties.stringPropertyNames().forEach(n -> versions.put(n, properties.getProperty(n)));
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static String machine() throws IOException {
    String machine =
        "%s %s, %d cores"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    if (!Files.isReadable(PROCESSORS)) {
      return machine;
    }
    return Files.readAllLines(PROCESSORS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .map(machine::concat)
        .orElse(machine);
  }
}
