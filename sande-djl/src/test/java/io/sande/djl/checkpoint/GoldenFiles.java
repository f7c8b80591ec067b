package io.sande.djl.checkpoint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The recorded files; a test that needs them is skipped where they are not. */
final class GoldenFiles {
  static final List<String> MODELS =
      List.of(
          "llama2_mha_f32",
          "llama3_gqa_tied_bf16",
          "llama_linear_bias_f32",
          "mistral_sw8_bf16",
          "qwen2_sharded_f16",
          "qwen2_tied_f32",
          "qwen3_tied_bf16");

  private GoldenFiles() {}

  static Path path(String relative) {
    Path golden = Path.of(System.getProperty("sande.shared", "shared"), "golden");
    assumeTrue(Files.isDirectory(golden), "no golden files at " + golden);
    return golden.resolve(relative);
  }

  static Path model(String name) {
    return path("models").resolve(name);
  }

  static JsonElement json(String relative) throws IOException {
    return JsonParser.parseString(Files.readString(path(relative)));
  }

  /** Entries of {@code malformed.json} in {@code folder}. */
  static List<JsonObject> malformed(String folder) throws IOException {
    return json("malformed/malformed.json").getAsJsonArray().asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(entry -> entry.get("file").getAsString().startsWith(folder + "/"))
        .toList();
  }

  /** A writable copy of a flat folder. */
  static Path copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    for (Map.Entry<String, byte[]> file : contents(source).entrySet()) {
      Files.write(target.resolve(file.getKey()), file.getValue());
    }
    return target;
  }

  /** Bytes of each file of a flat folder by name. */
  static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }
}
