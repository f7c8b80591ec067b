package io.sande.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Versions stand in the root pom alone, and those of all that ships in its list. */
class PomTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern VERSION = Pattern.compile("<version>([^$<]+)</version>");
  private static final Pattern OWN = Pattern.compile("[0-9.]+-SNAPSHOT");

  @Test
  void noModuleHasAVersionOfItsOwn() throws IOException {
    List<Path> poms;
    try (Stream<Path> folders = Files.list(ROOT)) {
      poms = folders.map(f -> f.resolve("pom.xml")).filter(Files::isRegularFile).toList();
    }
    assertThat(poms).hasSize(5);
    for (Path pom : poms) {
      List<String> versions =
          VERSION.matcher(Files.readString(pom)).results().map(found -> found.group(1)).toList();
      assertThat(versions).as(pom.toString()).allMatch(OWN.asMatchPredicate());
    }
  }

  @Test
  void theListOfDependenciesHasTheVersionsOfTheRootPom() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    String list = Files.readString(ROOT.resolve("docs/dependencies.md"));
    for (String name :
        List.of("djl", "pytorch", "guava", "gson", "jspecify", "slf4j", "picocli", "progressbar")) {
      Pattern property = Pattern.compile("<" + name + "\\.version>([^<]+)<");
      String version = property.matcher(pom).results().findFirst().orElseThrow().group(1);
      assertThat(list).as(name).contains("| " + version + " |");
    }
  }
}
