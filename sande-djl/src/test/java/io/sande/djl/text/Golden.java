package io.sande.djl.text;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Golden files of the shared folder; a test that asks for one is skipped where it is absent. */
final class Golden {
  private Golden() {}

  static Path path(String name) {
    Path path = Path.of(System.getProperty("sande.shared", "shared"), "golden", name);
    assumeTrue(Files.exists(path), () -> "no golden file " + path);
    return path;
  }

  static JsonElement json(String name) throws IOException {
    return JsonParser.parseString(Files.readString(path(name)));
  }

  static int[] ids(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  static List<JsonObject> objects(JsonElement array) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement each : (JsonArray) array) {
      objects.add(each.getAsJsonObject());
    }
    return objects;
  }

  /** A copy of {@code tokenizers/NAME} that a test may change. */
  static Path tokenizer(String name, Path into) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path("tokenizers/" + name))) {
      for (Path file : files) {
        Files.write(into.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return into;
  }
}
