package io.sande.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * JSON as the standard has it: UTF-8, no comments, no NaN, no key twice, nothing after the value.
 */
final class StrictJson {
  /** Far more than any configuration or index has. */
  private static final int MOST_BYTES = 100_000_000;

  private static final int DEEPEST = 64;

  private StrictJson() {}

  /** What {@link #read} does with a file's text. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(JsonReader reader) throws IOException;
  }

  /** The object that {@code file} holds. */
  static JsonObject object(Path file) throws CheckpointException {
    return read(file, bytes(file), StrictJson::object);
  }

  /** Runs {@code parser} over all of {@code bytes}; what is wrong with them names {@code file}. */
  static <T> T read(Path file, byte[] bytes, Parser<T> parser) throws CheckpointException {
    JsonReader reader = new JsonReader(new StringReader(text(file, bytes)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(DEEPEST);
    try {
      T value = parser.parse(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("something follows the JSON value");
      }
      return value;
    } catch (CheckpointException e) {
      throw e;
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      throw new CheckpointException(file, "is malformed: " + reason(e), e);
    }
  }

  /** Refuses {@code key} unless it is {@code fresh} in its object. */
  static void once(boolean fresh, String key) throws MalformedJsonException {
    if (!fresh) {
      throw new MalformedJsonException("the key '" + key + "' is there twice");
    }
  }

  private static byte[] bytes(Path file) throws CheckpointException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "is not there, or is no file: " + file);
    }
    Links.check(file);
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new CheckpointException(file, "cannot be read: " + e, e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new CheckpointException(file, "has more than " + MOST_BYTES + " bytes of JSON");
    }
    FileKind.refuse(file, bytes);
    return bytes;
  }

  private static String text(Path file, byte[] bytes) throws CheckpointException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "has JSON that is not valid UTF-8", e);
    }
  }

  /** First line of Gson's message, without the advice to its callers. */
  private static String reason(Exception e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    return first.replaceFirst("^Use JsonReader.* to accept malformed JSON", "no JSON");
  }

  private static JsonElement value(JsonReader reader) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> object(reader);
      case BEGIN_ARRAY -> array(reader);
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> new JsonPrimitive(number(reader.nextString()));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      default -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
    };
  }

  private static JsonObject object(JsonReader reader) throws IOException {
    JsonObject object = new JsonObject();
    Set<String> seen = new HashSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String key = reader.nextName();
      once(seen.add(key), key);
      object.add(key, value(reader));
    }
    reader.endObject();
    return object;
  }

  private static JsonArray array(JsonReader reader) throws IOException {
    JsonArray array = new JsonArray();
    reader.beginArray();
    while (reader.hasNext()) {
      array.add(value(reader));
    }
    reader.endArray();
    return array;
  }

  /** A {@link Long} where the text is an integer that fits, else a finite {@link Double}. */
  private static Number number(String text) throws MalformedJsonException {
    if (text.length() < 19 && text.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
      return Long.valueOf(text);
    }
    double value = Double.parseDouble(text);
    if (!Double.isFinite(value)) {
      throw new MalformedJsonException("a number is too large: " + text);
    }
    return value;
  }
}
