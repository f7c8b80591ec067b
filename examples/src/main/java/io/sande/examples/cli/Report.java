package io.sande.examples.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sande.model.ModelInfo;
import io.sande.report.Provenance;
import io.sande.report.VerificationReport;
import io.sande.train.StageReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --report} writes: one JSON object. What does not apply is absent. */
final class Report {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
  private static final Set<String> NOT_TOLD =
      Set.of("--help", "--report", "--verbose", "--resume", "--resume-every");

  private final Optional<Path> file;
  private final JsonObject json = new JsonObject();
  private Optional<Provenance> provenance = Optional.empty();

  private Report(Optional<Path> file) {
    this.file = file;
  }

  /** A report with the command and all its options, those that were not given as well. */
  static Report of(CommonOptions common) throws IOException {
    Report report = new Report(common.report());
    if (report.file.isPresent()) {
      TextFile.check(report.file.get());
      report.provenance = Optional.of(Provenances.of(common, true));
      report.json.add("provenance", JsonParser.parseString(report.provenance.get().json()));
    }
    JsonObject options = options(common.command());
    options.addProperty("dtype", common.dtype().text());
    report.json.addProperty("version", VerificationReport.VERSION);
    report.json.addProperty("command", common.command().name());
    report.json.add("options", options);
    return report;
  }

  /** What the command was made of; empty where no file was asked for. */
  Optional<Provenance> provenance() {
    return provenance;
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

  /** Adds {@code value}, which is JSON. */
  void putJson(String key, String value) {
    json.add(key, JsonParser.parseString(value));
  }

  /** Adds all keys of {@code object}, a JSON object. */
  void putAll(String object) {
    JsonParser.parseString(object).getAsJsonObject().asMap().forEach(json::add);
  }

  /** Says which files the checkpoint {@code out} has that was written. */
  void wrote(Path out) throws IOException {
    if (file.isPresent()) {
      Map<String, String> hashes = Provenance.hashFolder(out);
      JsonObject output = new JsonObject();
      output.addProperty("sha256", Provenance.sha256(hashes));
      output.add("files", GSON.toJsonTree(hashes));
      json.getAsJsonObject("provenance").add("output", output);
    }
  }

  /** Writes the file where one was asked for: beside its place, and then moved there. */
  void write() throws IOException {
    if (file.isEmpty()) {
      return;
    }
    json.addProperty("peakRssMiB", PeakMemory.mebibytes());
    TextFile.write(file.get(), GSON.toJson(json) + "\n");
  }

  static JsonObject options(CommandSpec command) {
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
