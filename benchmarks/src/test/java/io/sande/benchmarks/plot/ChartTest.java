package io.sande.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import io.sande.benchmarks.plot.Chart.Line;
import io.sande.benchmarks.plot.Chart.Panel;
import io.sande.benchmarks.plot.Chart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ChartTest {
  @Test
  void everyLineIsDrawnInEveryPanelAndNamedOnce() throws Exception {
    List<Line> lines =
        List.of(
            new Line("ours", false, false, List.of(new Point(64, 1), new Point(256, 2))),
            new Line("theirs", true, true, List.of(new Point(64, 2), new Point(256, 4))));
    Chart chart = new Chart("tokens", List.of(new Panel("s", lines), new Panel("MiB", lines)));

    Document svg = parsed(chart.svg());

    assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(4);
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(8 + 2);
    assertThat(chart.svg()).containsOnlyOnce(">ours<").containsOnlyOnce(">theirs<");
    // axis from 0 to 4: 1 stands a quarter up, 2 half up
    assertThat(chart.svg()).contains("points=\"74.0,220.0 374.0,166.0 \"");
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
