package io.sande.examples.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.model.ModelInfo;
import io.sande.train.StageReport;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --report} writes: one JSON object. What does not apply is absent. */
final class Report {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final Set<String> NOT_TOLD = Set.of("--help", "--report", "--verbose");

  private final Optional<Path> file;
  private final JsonObject json = new JsonObject();

  private Report(Optional<Path> file) {
    this.file = file;
  }

  /** A report with the command and all its options, those that were not given as well. */
  static Report of(CommonOptions common) throws IOException {
    Report report = new Report(common.report());
    report.checkTarget();
    JsonObject options = options(common.command());
    options.addProperty("dtype", common.dtype().text());
    report.json.addProperty("command", common.command().name());
    report.json.add("options", options);
    return report;
  }

  /** Says what the model is. */
  void model(ModelInfo info) {
    put("model", info);
  }

  /** Says what each stage of a training did. */
  void stages(List<StageReport> stages) {
    put("stages", stages);
  }

  /** Adds {@code value}, in which records become objects. */
  void put(String key, Object value) {
    json.add(key, GSON.toJsonTree(value));
  }

  /** Writes the file where one was asked for: beside its place, and then moved there. */
  void write() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    json.addProperty("peakRssMiB", PeakMemory.mebibytes());
    Path target = place(file.get());
    Path fresh = target.resolveSibling("." + target.getFileName() + ".tmp-" + UUID.randomUUID());
    try {
      Files.writeString(fresh, GSON.toJson(json) + "\n", StandardOpenOption.CREATE_NEW);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Refuses before any work what could not be written after it. */
  private void checkTarget() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Path target = place(file.get());
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new FileSystemException(target.toString(), null, "is no file to write a report to");
    }
    Path folder = target.resolveSibling("").toAbsolutePath();
    Files.createDirectories(folder);
    if (!Files.isWritable(folder)) {
      throw new FileSystemException(folder.toString(), null, "cannot be written to");
    }
  }

  /** A link to a file stays a link. */
  private static Path place(Path file) throws IOException {
    return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
  }

  private static JsonObject options(CommandSpec command) {
    JsonObject options = new JsonObject();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      boolean absent = value == null || (value instanceof Collection<?> all && all.isEmpty());
      if (!absent && !NOT_TOLD.contains(option.longestName())) {
        options.add(option.longestName().replaceFirst("^-+", ""), json(value));
      }
    }
    return options;
  }

  private static JsonElement json(Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return GSON.toJsonTree(value);
    }
    if (value instanceof Collection<?> all) {
      JsonArray list = new JsonArray();
      all.forEach(element -> list.add(json(element)));
      return list;
    }
    String text = value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString();
    return GSON.toJsonTree(text);
  }
}
