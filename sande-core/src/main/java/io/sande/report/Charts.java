package io.sande.report;

import io.sande.eval.Interval;
import io.sande.eval.Rate;
import io.sande.train.StageReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pictures in SVG, drawn in place; sizes are in pixels. */
final class Charts {
  private static final int WIDTH = 640;
  private static final int LEFT = 170;
  private static final int RIGHT = 20;
  private static final int ROW = 46;
  private static final int HEIGHT = 150;

  /** More points than this are not told apart at this width. */
  private static final int MOST_POINTS = 600;

  private Charts() {}

  /**
   * One line of a chart of shares.
   *
   * @param name of what is counted
   * @param before the share before, if it is known
   * @param after the share now
   * @param bound that is required, if one is
   */
  record Row(String name, Optional<Rate> before, Rate after, OptionalDouble bound) {}

  /** Shares as points with their 95 % intervals, on an axis from 0 to 100 %. */
  static String shares(List<Row> rows) {
    int height = rows.size() * ROW + 30;
    StringBuilder svg = open(height, "Shares with 95 % intervals");
    for (int tick = 0; tick <= 100; tick += 20) {
      double x = x(tick / 100.0);
      line(svg, "grid", x, 4, x, height - 22);
      text(svg, "middle", x, height - 6, tick + " %");
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double y = i * ROW + 22;
      text(svg, "end", LEFT - 12, y + 4, row.name());
      row.before().ifPresent(rate -> whisker(svg, "before", rate, y - 7));
      whisker(svg, "after", row.after(), row.before().isPresent() ? y + 7 : y);
      row.bound().ifPresent(bound -> line(svg, "bound", x(bound), y - 16, x(bound), y + 16));
    }
    return svg.append("</svg>").toString();
  }

  /** Losses of one stage over its updates. */
  static String losses(StageReport stage) {
    List<Double> losses = stage.losses();
    double most = losses.stream().mapToDouble(Math::abs).max().orElse(0);
    StringBuilder svg = open(HEIGHT, "Loss of each update: " + stage.name());
    line(svg, "axis", LEFT, HEIGHT - 24, WIDTH - RIGHT, HEIGHT - 24);
    line(svg, "axis", LEFT, 8, LEFT, HEIGHT - 24);
    text(svg, "end", LEFT - 8, 14, number(most) + " nats");
    text(svg, "end", LEFT - 8, HEIGHT - 22, "0");
    text(svg, "middle", LEFT, HEIGHT - 8, "1");
    text(svg, "end", WIDTH - RIGHT, HEIGHT - 8, losses.size() + " updates");
    svg.append("<polyline class=\"loss\" points=\"");
    int stride = losses.size() / MOST_POINTS + 1;
    for (int i = 0; i < losses.size(); i += stride) {
      double x = LEFT + (WIDTH - RIGHT - LEFT) * (double) i / Math.max(1, losses.size() - 1);
      double share = most == 0 ? 0 : Math.max(0, losses.get(i)) / most;
      svg.append(number(x)).append(',').append(number(HEIGHT - 24 - share * (HEIGHT - 32)));
      svg.append(' ');
    }
    return svg.append("\"/></svg>").toString();
  }

  private static StringBuilder open(int height, String title) {
    return new StringBuilder(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>%s</title>"
            .formatted(WIDTH, height, WIDTH, height, Markup.escape(title)));
  }

  private static void whisker(StringBuilder svg, String style, Rate rate, double y) {
    Interval interval = rate.interval();
    line(svg, style, x(interval.low()), y, x(interval.high()), y);
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>"
            .formatted(style, number(x(rate.share())), number(y)));
    svg.append(Markup.escape(style + ": " + Figures.rate(rate))).append("</title></circle>");
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>"
            .formatted(anchor, number(x), number(y), Markup.escape(text)));
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
