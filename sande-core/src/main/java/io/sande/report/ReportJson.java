package io.sande.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.eval.EvaluationReport;
import io.sande.eval.Generated;
import io.sande.eval.Interval;
import io.sande.eval.Outcome;
import io.sande.eval.Paired;
import io.sande.eval.Rate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A report as JSON; {@code report.schema.json} says what each key is. Absent is not measured. */
final class ReportJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private ReportJson() {}

  static JsonObject of(VerificationReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("version", VerificationReport.VERSION);
    json.add("provenance", provenance(report.provenance()));
    addAll(json, evaluation(report.measured().prompts()));
    report.measured().clean().ifPresent(clean -> json.add("clean", evaluation(clean)));
    report.before().ifPresent(before -> json.add("before", measured(before)));
    if (report.before().isPresent()) {
      json.add("changes", changes(report.changes()));
    }
    if (!report.stages().isEmpty()) {
      json.add("stages", GSON.toJsonTree(report.stages()));
    }
    report.control().ifPresent(control -> json.add("positiveControl", ControlJson.json(control)));
    json.add("requirements", requirements(report.results()));
    report.verdict().ifPresent(verdict -> json.addProperty("verdict", verdict.name()));
    json.addProperty("finding", report.finding());
    json.add("covers", GSON.toJsonTree(report.covers()));
    json.add("cannotSee", GSON.toJsonTree(report.cannotSee()));
    return json;
  }

  static JsonObject provenance(Provenance provenance) {
    JsonObject json = new JsonObject();
    json.addProperty("started", provenance.started().toString());
    json.addProperty("seed", provenance.seed());
    json.addProperty("machine", provenance.machine());
    json.add("versions", GSON.toJsonTree(provenance.versions()));
    json.addProperty("optionsSha256", provenance.optionsSha256());
    if (!provenance.model().isEmpty()) {
      json.add("model", files(provenance.model()));
    }
    json.add("data", GSON.toJsonTree(provenance.data()));
    return json;
  }

  /** Hashes of files, and one of them all. */
  static JsonObject files(Map<String, String> hashes) {
    JsonObject json = new JsonObject();
    json.addProperty("sha256", Provenance.sha256(hashes));
    json.add("files", GSON.toJsonTree(hashes));
    return json;
  }

  private static JsonObject measured(Measured measured) {
    JsonObject json = evaluation(measured.prompts());
    measured.clean().ifPresent(clean -> json.add("clean", evaluation(clean)));
    return json;
  }

  private static JsonObject evaluation(EvaluationReport evaluation) {
    JsonObject json = new JsonObject();
    json.addProperty("count", evaluation.count());
    add(json, "responseRate", evaluation.responseRate());
    add(json, "responseAnywhere", evaluation.responseAnywhere());
    add(json, "exactMatch", evaluation.exactMatch());
    add(json, "refusalRate", evaluation.refusalRate());
    JsonObject outcomes = new JsonObject();
    for (Outcome outcome : Outcome.values()) {
      outcomes.addProperty(key(outcome), evaluation.rate(outcome).hits());
    }
    json.add("outcomes", outcomes);
    json.add("generated", generated(evaluation));
    return json;
  }

  private static void add(JsonObject json, String key, Optional<Rate> rate) {
    rate.ifPresent(
        found -> {
          json.addProperty(key, found.share());
          json.add(key + "Interval", interval(found.interval()));
        });
  }

  private static JsonArray generated(EvaluationReport evaluation) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < evaluation.count(); i++) {
      Generated answer = evaluation.generated().get(i);
      JsonObject json = new JsonObject();
      json.addProperty("prompt", answer.prompt());
      answer.expected().ifPresent(expected -> json.addProperty("expected", expected));
      json.addProperty("text", answer.text());
      json.addProperty("start", answer.start());
      json.addProperty("outcome", key(evaluation.outcomes().get(i)));
      all.add(json);
    }
    return all;
  }

  private static String key(Outcome outcome) {
    return switch (outcome) {
      case HIT -> "hit";
      case REFUSED -> "refused";
      case OTHER -> "other";
      case EMPTY_OR_INCOHERENT -> "emptyOrIncoherent";
    };
  }

  private static JsonObject changes(Map<Metric, Paired> changes) {
    JsonObject json = new JsonObject();
    changes.forEach((metric, paired) -> json.add(metric.key(), paired(paired)));
    return json;
  }

  private static JsonObject paired(Paired paired) {
    JsonObject json = new JsonObject();
    json.addProperty("both", paired.both());
    json.addProperty("onlyBefore", paired.onlyBefore());
    json.addProperty("onlyAfter", paired.onlyAfter());
    json.addProperty("neither", paired.neither());
    json.addProperty("difference", paired.difference());
    json.add("differenceInterval", interval(paired.differenceInterval()));
    json.addProperty("probability", paired.probability());
    return json;
  }

  private static JsonArray requirements(List<Requirement.Result> results) {
    JsonArray all = new JsonArray();
    for (Requirement.Result result : results) {
      JsonObject json = new JsonObject();
      json.addProperty("requirement", result.requirement().text());
      json.addProperty("metric", result.requirement().metric().key());
      json.addProperty("relation", result.requirement().relation().sign());
      json.addProperty("bound", result.requirement().bound());
      result.rate().ifPresent(rate -> add(json, rate));
      json.addProperty("verdict", result.verdict().name());
      json.addProperty("reason", result.reason());
      all.add(json);
    }
    return all;
  }

  private static void add(JsonObject json, Rate rate) {
    json.addProperty("hits", rate.hits());
    json.addProperty("count", rate.count());
    json.addProperty("share", rate.share());
    json.add("interval", interval(rate.interval()));
  }

  private static JsonArray interval(Interval interval) {
    JsonArray ends = new JsonArray();
    ends.add(interval.low());
    ends.add(interval.high());
    return ends;
  }

  private static void addAll(JsonObject json, JsonObject more) {
    for (Map.Entry<String, JsonElement> entry : more.entrySet()) {
      json.add(entry.getKey(), entry.getValue());
    }
  }
}
