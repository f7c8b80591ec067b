package io.sande.examples.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * One run of the command in this process.
 *
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Sande(int code, String out, String err) {
  static Sande run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = java.util.Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int code = Main.run(texts, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Sande(code, out.toString(), err.toString());
  }

  /** A folder of the shared fixtures; without it the test is skipped. */
  static Path shared(String folder) {
    Path path = Path.of(System.getProperty("sande.shared", "../../shared")).resolve(folder);
    Assumptions.assumeTrue(Files.isDirectory(path), "no fixtures at " + path);
    return path;
  }

  /** A tiny random Llama. */
  static Path tiny() {
    return shared("golden/models/llama2_mha_f32");
  }

  static JsonObject json(Path report) {
    try {
      return JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
