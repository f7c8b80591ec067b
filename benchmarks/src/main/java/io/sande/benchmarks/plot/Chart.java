package io.sande.benchmarks.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Panels beside each other over one kind of x, with one legend. Both axes of a panel fit its
 * values; colours can be read on white and on black.
 *
 * @param x what the horizontal axes show, with its unit
 * @param panels at least one, each with the same names of lines in the same order
 */
public record Chart(String x, List<Panel> panels) {
  private static final int WIDTH = 400; // of a panel
  private static final int HEIGHT = 320;
  private static final int LEFT = 62; // of it, before the vertical axis
  private static final int RIGHT = 14;
  private static final int TOP = 58;
  private static final int BOTTOM = 46;

  /**
   * One pair of axes.
   *
   * @param y what the vertical axis shows, with its unit
   * @param lines at least one
   */
  public record Panel(String y, List<Line> lines) {}

  /**
   * Points that belong together.
   *
   * @param name in the legend
   * @param second whether it is of the second side, which has another colour
   * @param dashed whether it is of the second kind on its side
   * @param points at least one, from left to right, all values above 0
   */
  public record Line(String name, boolean second, boolean dashed, List<Point> points) {
    private String style() {
      return (second ? "second" : "first") + (dashed ? " dashed" : "");
    }
  }

  /** One measurement. */
  public record Point(double x, double y) {}

  /** The picture, a whole file. */
  public String svg() {
    int width = WIDTH * panels.size();
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %d %d" width="%d" height="%d">
            <title>%s</title>
            <style>
            text { font: 12px sans-serif; fill: #808080; }
            line { stroke: #808080; stroke-opacity: .3; }
            polyline, .key { fill: none; stroke-width: 2; stroke-opacity: 1; }
            .first { stroke: #2b8cbe; }
            .second { stroke: #e6762b; }
            .dashed { stroke-dasharray: 6 4; }
            circle { stroke-width: 2; }
            circle.first { fill: #2b8cbe; }
            circle.second { fill: #e6762b; }
            circle.dashed { fill-opacity: 0; stroke-dasharray: none; }
            </style>
            """
                .formatted(width, HEIGHT, width, HEIGHT, title()));
    legend(svg);
    for (int i = 0; i < panels.size(); i++) {
      svg.append("<g transform=\"translate(%d 0)\">\n".formatted(i * WIDTH));
      panel(svg, panels.get(i));
      svg.append("</g>\n");
    }
    return svg.append("</svg>\n").toString();
  }

  private String title() {
    return panels.stream().map(Panel::y).collect(Collectors.joining("; ")) + " by " + x;
  }

  private void legend(StringBuilder svg) {
    int x = LEFT;
    for (Line each : panels.get(0).lines()) {
      line(svg, "key " + each.style(), x, 14, x + 30.0, 14);
      circle(svg, each.style(), x + 15.0, 14);
      text(svg, "start", x + 38.0, 18, each.name());
      x += 60 + 7 * each.name().length();
    }
  }

  private void panel(StringBuilder svg, Panel panel) {
    List<Point> all = panel.lines().stream().flatMap(line -> line.points().stream()).toList();
    Axis across = Axis.at(all.stream().map(Point::x).toList());
    Axis up = Axis.around(all.stream().map(Point::y).toList());
    text(svg, "start", LEFT, TOP - 14, panel.y());
    text(svg, "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, x);
    for (double tick : across.ticks()) {
      line(svg, "grid", x(across, tick), TOP, x(across, tick), HEIGHT - BOTTOM);
      text(svg, "middle", x(across, tick), HEIGHT - BOTTOM + 16, Axis.label(tick));
    }
    for (double tick : up.ticks()) {
      line(svg, "grid", LEFT, y(up, tick), WIDTH - RIGHT, y(up, tick));
      text(svg, "end", LEFT - 6, y(up, tick) + 4, Axis.label(tick));
    }
    panel.lines().forEach(each -> draw(svg, each, across, up));
  }

  private static void draw(StringBuilder svg, Line line, Axis across, Axis up) {
    svg.append("<polyline class=\"%s\" points=\"".formatted(line.style()));
    for (Point point : line.points()) {
      svg.append(number(x(across, point.x()))).append(',').append(number(y(up, point.y())));
      svg.append(' ');
    }
    svg.append("\"/>\n");
    line.points().forEach(p -> circle(svg, line.style(), x(across, p.x()), y(up, p.y())));
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(Axis axis, double value) {
    return HEIGHT - BOTTOM - axis.place(value) * (HEIGHT - BOTTOM - TOP);
  }

  private static void line(
      StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
    svg.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  private static void circle(StringBuilder svg, String style, double x, double y) {
    svg.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3.5\"/>\n"
            .formatted(style, number(x), number(y)));
  }

  private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
    svg.append(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(anchor, number(x), number(y), text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
