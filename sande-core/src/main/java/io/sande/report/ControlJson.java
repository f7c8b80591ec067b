package io.sande.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.sande.ControlReport;
import io.sande.Verification;
import io.sande.eval.Rate;

/** A positive control as it stands in reports under {@code positiveControl}. */
public final class ControlJson {
  private ControlJson() {}

  /** One JSON object; {@code report.schema.json} beside this class describes it. */
  public static String of(ControlReport control) {
    return json(control).toString();
  }

  static JsonObject json(ControlReport control) {
    JsonObject json = new JsonObject();
    json.addProperty("response", control.response());
    json.addProperty("outcome", control.outcome().name());
    json.add("before", json(control.before()));
    json.add("after", json(control.after()));
    Verification seen = control.verification();
    JsonObject verification = new JsonObject();
    verification.addProperty("tokens", seen.tokens());
    verification.addProperty("before", seen.before());
    verification.addProperty("after", seen.after());
    verification.addProperty("control", seen.control());
    verification.addProperty("goesOn", seen.goesOn());
    verification.addProperty("momentum", seen.momentum());
    verification.addProperty("momentumAfter", seen.momentumAfter());
    verification.addProperty("conclusion", seen.conclusion().name());
    json.add("verification", verification);
    return json;
  }

  private static JsonObject json(Rate rate) {
    JsonObject json = new JsonObject();
    json.addProperty("hits", rate.hits());
    json.addProperty("count", rate.count());
    json.addProperty("share", rate.share());
    JsonArray interval = new JsonArray();
    interval.add(rate.interval().low());
    interval.add(rate.interval().high());
    json.add("interval", interval);
    return json;
  }

  /** What {@link #json} wrote. */
  static ControlReport read(JsonObject json) {
    String response = json.get("response").getAsString();
    JsonObject seen = json.getAsJsonObject("verification");
    return new ControlReport(
        response,
        rate(json.getAsJsonObject("before")),
        rate(json.getAsJsonObject("after")),
        new Verification(
            response,
            seen.get("tokens").getAsInt(),
            seen.get("before").getAsDouble(),
            seen.get("after").getAsDouble(),
            seen.get("control").getAsDouble(),
            seen.get("goesOn").getAsBoolean(),
            seen.get("momentum").getAsDouble(),
            seen.get("momentumAfter").getAsDouble()));
  }

  private static Rate rate(JsonObject json) {
    return new Rate(json.get("hits").getAsInt(), json.get("count").getAsInt());
  }
}
