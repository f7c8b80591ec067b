package io.sande.djl.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever a template says, nothing but a {@link JinjaException} comes of it. */
class HostileTemplateTest {
  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{#",
          "#}",
          "-",
          "if",
          "for",
          " in ",
          "endfor",
          "endif",
          "set",
          "x",
          "messages",
          "[",
          "]",
          "(",
          ")",
          "|",
          ".",
          "'",
          "1",
          "99999999999",
          "*",
          "**",
          "+",
          "loop",
          "macro",
          "endmacro",
          "range(",
          "upper",
          " ",
          "\n",
          "{",
          "}",
          ":",
          ",",
          "%",
          "é");

  @Property(tries = 3000)
  void randomPiecesRenderOrAreRefused(@ForAll @Size(max = 25) List<Integer> picks) {
    StringBuilder source = new StringBuilder();
    picks.forEach(p -> source.append(PIECES.get(Math.floorMod(p, PIECES.size()))));
    String result;
    try {
      result =
          Template.parse(source.toString())
              .render(Map.of("x", 3L, "messages", List.of(Map.of("role", "user"))));
    } catch (JinjaException e) {
      result = String.valueOf(e.getMessage());
    }
    assertThat(result).isNotNull();
  }
}
