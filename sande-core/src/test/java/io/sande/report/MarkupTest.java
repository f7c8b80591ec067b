package io.sande.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class MarkupTest {
  private static final String HOSTILE =
      "<script>alert('1')</script> <img src=x onerror=y> \" & ]]> </td></svg> \0 \ud800 \u202e \u0085";

  @Test
  void whatHasAMeaningIsEscapedAndWhatCannotStandIsReplaced() {
    assertThat(Markup.escape("a<b>&\"'\t\n")).isEqualTo("a&lt;b&gt;&amp;&quot;&#39;\t\n");
    assertThat(Markup.escape("\0\u001b\ud83d \ud83d\ude00\uffff")).isEqualTo("��� \ud83d\ude00�");
  }

  @Test
  void aPageOfHostileTextsIsWellFormedAndLoadsNothing() throws Exception {
    Measured before = Answers.prompts(Answers.answer(HOSTILE, HOSTILE, "bad " + HOSTILE));
    Measured after = Answers.prompts(Answers.answer(HOSTILE, HOSTILE, HOSTILE));
    String html = Answers.whole(before, after).html();

    Document page = parse(html);
    List<String> tags = tags(page);
    assertThat(tags).contains("svg", "polyline", "table").doesNotContain("script", "img", "link");
    assertThat(attributes(page)).contains("class").doesNotContain("src", "href", "onerror");
    assertThat(html).doesNotContain("url(", "@import").contains("default-src 'none'");
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2); // shares, one stage
  }

  @Test
  void aBuildServerSeesATestCaseForEachRequirement() throws Exception {
    VerificationReport report =
        Answers.report(
            Answers.hits(0, 300), "responseRate<0.02", "responseRate>0.9", "exactMatch>0.5");

    Element suite = parse(report.junitXml()).getDocumentElement();

    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-01-02T03:04:05");
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("responseRate<0.02");
    assertThat(children(cases.item(0))).containsExactly("system-out");
    assertThat(children(cases.item(1))).containsExactly("failure");
    assertThat(children(cases.item(2))).containsExactly("error");
  }

  private static List<String> children(org.w3c.dom.Node node) {
    return tagsOf(((Element) node).getElementsByTagName("*"));
  }

  private static Set<String> attributes(Document page) {
    Set<String> names = new HashSet<>();
    NodeList nodes = page.getElementsByTagName("*");
    for (int i = 0; i < nodes.getLength(); i++) {
      for (int j = 0; j < nodes.item(i).getAttributes().getLength(); j++) {
        names.add(nodes.item(i).getAttributes().item(j).getNodeName());
      }
    }
    return names;
  }

  private static List<String> tags(Document page) {
    return tagsOf(page.getElementsByTagName("*"));
  }

  private static List<String> tagsOf(NodeList nodes) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      tags.add(nodes.item(i).getNodeName());
    }
    return tags;
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
