package io.sande.djl.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Methods of strings; what is expected is what Python 3 prints. */
class TextMethodsTest {
  @Test
  void splitCutsAtASeparatorOrAtWhiteSpace() {
    assertPrints("'a,b,c'.split(',')", "['a', 'b', 'c']");
    assertPrints("'a,b,c'.split(',', 1)", "['a', 'b,c']");
    assertPrints("'a,b,c'.rsplit(',', 1)", "['a,b', 'c']");
    assertPrints("',a,'.split(',')", "['', 'a', '']");
    assertPrints("',a,'.rsplit(',')", "['', 'a', '']");
    assertPrints("'aaa'.rsplit('aa')", "['a', '']");
    assertPrints("'  a  b c '.split()", "['a', 'b', 'c']");
    assertPrints("'  a  b c '.split(none, 1)", "['a', 'b c ']");
    assertPrints("'  a  b c '.rsplit(none, 1)", "['  a  b', 'c']");
    assertPrints("''.split()", "[]");
    assertPrints("''.split(',')", "['']");
  }

  @Test
  void replaceCountsFromTheLeft() {
    assertPrints("'aaa'.replace('a', 'b', 2)", "bba");
    assertPrints("'abc'.replace('', '-')", "-a-b-c-");
    assertPrints("'abc'.replace('', '-', 2)", "-a-bc");
    assertPrints("'aaa'.replace('aa', 'b')", "ba");
  }

  @Test
  void stripTakesASetOfCharacters() {
    assertPrints("'xyaxy'.strip('yx')", "a");
    assertPrints("'  a '.lstrip() ~ '|'", "a |");
    assertPrints("'a\\n'.rstrip() ~ '|'", "a|");
  }

  @Test
  void searchesCountCodePoints() {
    assertPrints("'😀b'.find('b')", "1");
    assertPrints("'abab'.rfind('ab')", "2");
    assertPrints("'abab'.count('ab')", "2");
    assertPrints("'abc'.find('x')", "-1");
    assertPrints("'abc'.startswith(('x', 'ab'))", "True");
    assertThatThrownBy(() -> print("'abc'.index('x')")).isInstanceOf(JinjaException.class);
  }

  @Test
  void partsAndAffixes() {
    assertPrints("'a-b-c'.partition('-')", "('a', '-', 'b-c')");
    assertPrints("'a-b-c'.rpartition('-')", "('a-b', '-', 'c')");
    assertPrints("'abc'.removeprefix('a').removesuffix('c')", "b");
    assertPrints("'-7'.zfill(4)", "-007");
    assertPrints("'a'.center(3, '*')", "*a*");
    assertPrints("', '.join(['a', 'b'])", "a, b");
  }

  @Test
  void formatFillsPlainFields() {
    assertPrints("'{} and {}'.format('a', 1)", "a and 1");
    assertPrints("'{1}{0}{{}}'.format('a', 'b')", "ba{}");
    assertPrints("'{x}'.format(x='y')", "y");
    assertThatThrownBy(() -> print("'{0.__class__}'.format('a')"))
        .isInstanceOf(JinjaException.class);
  }

  @Test
  void mapAppliesAFilterOrTakesAnAttribute() {
    assertPrints("['a', 'b']|map('upper')|list", "['A', 'B']");
    assertPrints("[{'k': 1}, {'k': 2}]|map(attribute='k')|list", "[1, 2]");
    assertPrints("[{'k': 1}, {}]|map(attribute='k', default=0)|list", "[1, 0]");
  }

  private static void assertPrints(String expression, String expected) {
    assertThat(print(expression)).as(expression).isEqualTo(expected);
  }

  private static String print(String expression) {
    return Template.parse("{{ " + expression + " }}").render(Map.of());
  }
}
