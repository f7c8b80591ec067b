package io.sande.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MarkedTextTest {
  // id      1  2  3  4  5
  // token   a  b  c  d  e
  private static final int[] IDS = {1, 2, 3, 4, 5};
  private static final Row ROW = new Row("", IDS, new int[] {-100, 2, 3, -100, 5});

  @Test
  void everyRunOfTokensThatCarryLossIsMarked() {
    assertThat(new MarkedText(MarkedTextTest::letters, false).of(ROW)).isEqualTo("a[[bc]]d[[e]]");
  }

  @Test
  void aTerminalGetsThemBoldAndUnderlined() {
    assertThat(new MarkedText(MarkedTextTest::letters, true).of(ROW))
        .isEqualTo("a\u001b[1;4mbc\u001b[0md\u001b[1;4me\u001b[0m");
  }

  @Test
  void controlCharactersOfTheDataAreWrittenOut() {
    MarkedText marked = new MarkedText(ids -> "\u001b[2J\n".repeat(ids.length), true);

    assertThat(marked.of(new Row("", new int[] {1}, new int[] {-100}))).isEqualTo("\\x1b[2J\n");
  }

  @Test
  void aTokenizerThatChangesEarlierTextIsAskedForTheRunAlone() {
    MarkedText marked = new MarkedText(ids -> ids.length + letters(ids), false);

    assertThat(marked.of(ROW)).isEqualTo("1a[[2bc]]1d[[1e]]");
  }

  private static String letters(int[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> Character.toString('a' + id - 1))
        .collect(Collectors.joining());
  }
}
