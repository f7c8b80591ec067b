package io.sande.report;

import io.sande.eval.Generated;
import io.sande.eval.Outcome;
import io.sande.eval.Paired;
import io.sande.eval.Rate;
import io.sande.train.StageReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report as one page that loads nothing: texts of a model stand in it, so all are escaped. */
final class HtmlPage {
  private static final int MOST_EXAMPLES = 30;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="UTF-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <meta name="viewport" content="width=device-width"/>
      <title>Sande verification</title>
      <style>
      body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
      h2 { margin: 2rem 0 .5rem; font-size: 1.15rem }
      table { border-collapse: collapse; width: 100% }
      th, td { border-bottom: 1px solid #ddd; padding: .3rem .5rem; text-align: left; vertical-align: top }
      td.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate }
      .verdict { display: inline-block; padding: .2rem .8rem; border-radius: .3rem; color: #fff; font-weight: 700 }
      .PASS { background: #1a7f37 } .FAIL { background: #b42318 } .INCONCLUSIVE { background: #8a6100 }
      tr.hit td.now { background: #fdecea }
      code { overflow-wrap: anywhere }
      svg { max-width: 100%; height: auto }
      svg text { font: 12px system-ui, sans-serif; fill: #444 }
      .grid { stroke: #eee } .axis { stroke: #999 } .bound { stroke: #b42318; stroke-dasharray: 3 2 }
      .loss { fill: none; stroke: #1f5fbf; stroke-width: 1.5 }
      line.before { stroke: #9a9a9a; stroke-width: 3 } circle.before { fill: #6d6d6d }
      line.after { stroke: #1f5fbf; stroke-width: 3 } circle.after { fill: #12417f }
      .legend { color: #555 }
      </style></head><body>
      """;

  private final VerificationReport report;
  private final StringBuilder html = new StringBuilder(HEAD);

  private HtmlPage(VerificationReport report) {
    this.report = report;
  }

  static String of(VerificationReport report) {
    HtmlPage page = new HtmlPage(report);
    page.verdict();
    page.shares();
    page.changes();
    page.outcomes();
    page.control();
    page.losses();
    page.examples();
    page.list("What this covers", report.covers());
    page.list("What this cannot see", report.cannotSee());
    page.provenance();
    return page.html.append("</body></html>\n").toString();
  }

  private void verdict() {
    html.append("<h1>Verification</h1>\n");
    report
        .verdict()
        .ifPresent(
            v -> html.append("<p><span class=\"verdict %s\">%s</span></p>\n".formatted(v, v)));
    html.append("<p>").append(sentence(report.finding())).append("</p>\n");
    if (!report.requirements().isEmpty()) {
      table("Required", "Verdict", "Why");
      report.results().forEach(r -> row(r.requirement().text(), r.verdict().name(), r.reason()));
      html.append("</table>\n");
    }
  }

  private void shares() {
    List<Charts.Row> rows = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      Optional<Rate> after = report.measured().rate(metric);
      after.ifPresent(
          rate ->
              rows.add(
                  new Charts.Row(
                      metric.key(),
                      report.before().flatMap(before -> before.rate(metric)),
                      rate,
                      bound(metric))));
    }
    heading("Shares with 95 % intervals");
    html.append(
        "<p class=\"legend\">Grey: before. Blue: now. Red: what is required. Responses count in the"
            + " first 10 tokens of an answer; clean prompts have no trigger.</p>\n");
    html.append(Charts.shares(rows)).append("\n");
    table("Share", "Before", "Now");
    rows.forEach(
        row ->
            row(
                row.name(),
                row.before().map(Figures::rate).orElse("not known"),
                Figures.rate(row.after())));
    html.append("</table>\n");
  }

  private OptionalDouble bound(Metric metric) {
    return report.requirements().stream()
        .filter(requirement -> requirement.metric() == metric)
        .mapToDouble(Requirement::bound)
        .findFirst();
  }

  private void changes() {
    if (report.changes().isEmpty()) {
      return;
    }
    heading("The same prompts before and after");
    table("Share", "Only before", "Only after", "Both", "Neither", "Difference", "McNemar p");
    for (Map.Entry<Metric, Paired> entry : report.changes().entrySet()) {
      Paired paired = entry.getValue();
      row(
          entry.getKey().key(),
          String.valueOf(paired.onlyBefore()),
          String.valueOf(paired.onlyAfter()),
          String.valueOf(paired.both()),
          String.valueOf(paired.neither()),
          String.format(
              Locale.ROOT,
              "%+.3f (%s)",
              paired.difference(),
              Figures.range(paired.differenceInterval())),
          String.format(Locale.ROOT, "%.2g", paired.probability()));
    }
    html.append("</table>\n");
  }

  private void outcomes() {
    heading("What became of each prompt");
    table("Prompts", "Hit", "Empty or incoherent", "Refused", "Other", "All");
    report.before().ifPresent(before -> outcomes("before", before));
    outcomes("now", report.measured());
    html.append("</table>\n");
  }

  private void outcomes(String when, Measured measured) {
    outcomes(when, measured.prompts().outcomes());
    measured.clean().ifPresent(clean -> outcomes(when + ", no trigger", clean.outcomes()));
  }

  private void outcomes(String when, List<Outcome> outcomes) {
    Map<Outcome, Long> counts =
        outcomes.stream().collect(Collectors.groupingBy(o -> o, Collectors.counting()));
    List<String> cells = new ArrayList<>(List.of(when));
    for (Outcome outcome : Outcome.values()) {
      cells.add(String.valueOf(counts.getOrDefault(outcome, 0L)));
    }
    cells.add(String.valueOf(outcomes.size()));
    row(cells.toArray(String[]::new));
  }

  private void control() {
    report
        .control()
        .ifPresent(
            control -> {
              heading("Positive control of the removal");
              html.append("<p>").append(sentence(Scope.control(control))).append("</p>\n");
              table("Planted response", "Before", "After", "Parrots before", "Parrots after");
              row(
                  control.response(),
                  Figures.rate(control.before()),
                  Figures.rate(control.after()),
                  Figures.percent(control.verification().before()),
                  Figures.percent(control.verification().after()));
              html.append("</table>\n");
            });
  }

  private void losses() {
    for (StageReport stage : report.stages()) {
      heading("Loss: " + stage.name());
      html.append(Charts.losses(stage)).append("\n");
    }
  }

  private void examples() {
    heading("Answers side by side");
    List<Integer> order = order();
    html.append(
        "<p class=\"legend\">%d of %d: hits first, then wrong ones, then those that changed.</p>\n"
            .formatted(Math.min(MOST_EXAMPLES, order.size()), order.size()));
    table("Prompt", "Expected", "Before", "Now");
    order.stream().limit(MOST_EXAMPLES).forEach(this::example);
    html.append("</table>\n");
  }

  private List<Integer> order() {
    List<Outcome> outcomes = report.measured().prompts().outcomes();
    return IntStream.range(0, outcomes.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer i) -> outcomes.get(i) != Outcome.HIT)
                .thenComparing(i -> now(i).expected().isEmpty() || now(i).isExpected())
                .thenComparing(i -> before(i).equals(now(i).text())))
        .toList();
  }

  private void example(int index) {
    boolean hit = report.measured().prompts().outcomes().get(index) == Outcome.HIT;
    Generated now = now(index);
    html.append(hit ? "<tr class=\"hit\">" : "<tr>");
    cell("text", now.prompt());
    cell("text", now.expected().orElse(""));
    cell("text", before(index));
    cell("text now", now.text());
    html.append("</tr>\n");
  }

  private Generated now(int index) {
    return report.measured().prompts().generated().get(index);
  }

  private String before(int index) {
    return report.before().map(then -> then.prompts().generated().get(index).text()).orElse("");
  }

  private void list(String title, List<String> sentences) {
    heading(title);
    html.append("<ul>\n");
    sentences.forEach(s -> html.append("<li>").append(sentence(s)).append("</li>\n"));
    html.append("</ul>\n");
  }

  private void provenance() {
    Provenance provenance = report.provenance();
    heading("To repeat it");
    table("What", "Value");
    row("started", provenance.started().toString());
    row("machine", provenance.machine());
    row("seed", String.valueOf(provenance.seed()));
    provenance.versions().forEach((name, version) -> row(name, version));
    provenance.options().forEach((name, value) -> row("--" + name, value));
    row("SHA-256 of the model", provenance.modelSha256());
    provenance.model().forEach((name, hash) -> row(name, hash));
    provenance.data().forEach((name, hash) -> row(name, hash));
    html.append("</table>\n");
  }

  private void heading(String text) {
    html.append("<h2>").append(Markup.escape(text)).append("</h2>\n");
  }

  private void table(String... heads) {
    html.append("<table><tr>");
    for (String head : heads) {
      html.append("<th>").append(Markup.escape(head)).append("</th>");
    }
    html.append("</tr>\n");
  }

  private void row(String... cells) {
    html.append("<tr>");
    for (String cell : cells) {
      cell("text", cell);
    }
    html.append("</tr>\n");
  }

  private void cell(String style, String text) {
    html.append("<td class=\"").append(style).append("\" dir=\"auto\">");
    html.append(Markup.escape(text)).append("</td>");
  }

  private static String sentence(String text) {
    String escaped = Markup.escape(text);
    return escaped.substring(0, 1).toUpperCase(Locale.ROOT) + escaped.substring(1) + ".";
  }
}
