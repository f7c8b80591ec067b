package io.sande.djl.text;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.checkpoint.Links;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files of a checkpoint within limits; every error names the file. */
final class JsonFile {
  /** Three times the largest tokenizer.json in use. */
  private static final long MOST_BYTES = 128L << 20;

  /** Real files nest about 8 deep; the tokenizers library recurses. */
  private static final int DEEPEST = 32;

  private JsonFile() {}

  /** Makes a value of the one JSON value in a file. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(JsonReader reader) throws IOException;
  }

  /** The object in {@code file}, empty if there is no such file. */
  static JsonObject objectOrEmpty(Path file) throws IOException {
    if (Files.notExists(file)) {
      return new JsonObject();
    }
    return parse(file, text(file), reader -> JsonParser.parseReader(reader).getAsJsonObject());
  }

  /** All of {@code file}, which must be UTF-8. */
  static String text(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "is missing; download it into " + file.getParent());
    }
    Links.check(file);
    long bytes = Files.size(file);
    if (bytes > MOST_BYTES) {
      throw new CheckpointException(
          file, "has %,d bytes but at most %,d are read".formatted(bytes, MOST_BYTES));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "is not UTF-8 text; download it again", e);
    }
  }

  /** Runs {@code parser} over {@code text}, which stood in {@code file}. */
  static <T> T parse(Path file, String text, Parser<T> parser) throws CheckpointException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      T value = parser.parse(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("text after the end of the JSON value");
      }
      return value;
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw new CheckpointException(
          file, "is not the JSON it should be, download it again: " + firstLine(e), e);
    }
  }

  /** Gson's further lines are advice to its callers. */
  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
