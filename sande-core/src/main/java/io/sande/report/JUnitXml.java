package io.sande.report;

import java.util.List;
import java.util.Locale;

/** The form of test results that build servers show. */
final class JUnitXml {
  private static final String SUITE = "sande";

  private JUnitXml() {}

  static String of(VerificationReport report) {
    List<Requirement.Result> results = report.results();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"0\" timestamp=\"%s\">\n"
            .formatted(
                SUITE,
                results.size(),
                count(results, Verdict.FAIL),
                count(results, Verdict.INCONCLUSIVE),
                report.provenance().started().toString().replaceFirst("(\\.[0-9]+)?Z$", "")));
    xml.append("  <properties>\n");
    property(xml, "model.sha256", report.provenance().modelSha256());
    property(xml, "options.sha256", report.provenance().optionsSha256());
    property(xml, "finding", report.finding());
    xml.append("  </properties>\n");
    results.forEach(result -> test(xml, result));
    return xml.append("</testsuite>\n").toString();
  }

  private static void test(StringBuilder xml, Requirement.Result result) {
    xml.append("  <testcase classname=\"" + SUITE + ".evaluate\" name=\"")
        .append(Markup.escape(result.requirement().text()))
        .append("\">\n");
    String reason = Markup.escape(result.reason());
    switch (result.verdict()) {
      case PASS -> xml.append("    <system-out>").append(reason).append("</system-out>\n");
      case FAIL -> problem(xml, "failure", result.verdict(), reason);
      case INCONCLUSIVE -> problem(xml, "error", result.verdict(), reason);
    }
    xml.append("  </testcase>\n");
  }

  private static void problem(StringBuilder xml, String tag, Verdict verdict, String reason) {
    String type = verdict.name().toLowerCase(Locale.ROOT);
    xml.append("    <%s type=\"%s\" message=\"%s\"/>\n".formatted(tag, type, reason));
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("    <property name=\"%s\" value=\"%s\"/>\n".formatted(name, Markup.escape(value)));
  }

  private static long count(List<Requirement.Result> results, Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }
}
