package io.sande.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON object of settings as Hugging Face writes it, with a typed look at each key. A key with
 * {@code null} is absent, except for {@link #names}. Every error names file, key, what was found
 * and what was wanted.
 */
final class HfConfig {
  /** No count in a model comes near; keeps sums and products of two inside a long. */
  private static final int MOST = 1 << 27;

  private final Path file;
  private final String path;
  private final JsonObject values;

  private HfConfig(Path file, String path, JsonObject values) {
    this.file = file;
    this.path = path;
    this.values = values;
  }

  static HfConfig read(Path file) throws CheckpointException {
    return new HfConfig(file, "", StrictJson.object(file));
  }

  /** Whether {@code key} is there with a value. */
  boolean has(String key) {
    return names(key) && !values.get(key).isJsonNull();
  }

  /** Whether {@code key} is there, be it with null. */
  boolean names(String key) {
    return values.has(key);
  }

  /** An integer of at least 1 that must be there. */
  int count(String key) throws CheckpointException {
    return (int) integer(key, 1, MOST);
  }

  /** An integer of at least 1. */
  int count(String key, int absent) throws CheckpointException {
    return has(key) ? count(key) : absent;
  }

  /** An integer from {@code low} to {@code high} that must be there. */
  long integer(String key, long low, long high) throws CheckpointException {
    if (value(key) instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsNumber() instanceof Long found
        && found >= low
        && found <= high) {
      return found;
    }
    throw wrong(key, "an integer from " + low + " to " + high);
  }

  /** A finite number above 0 that must be there. */
  double positive(String key) throws CheckpointException {
    if (value(key) instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsDouble() > 0) {
      return number.getAsDouble();
    }
    throw wrong(key, "a number above 0");
  }

  /** A finite number above 0. */
  double positive(String key, double absent) throws CheckpointException {
    return has(key) ? positive(key) : absent;
  }

  boolean flag(String key, boolean absent) throws CheckpointException {
    if (!has(key)) {
      return absent;
    }
    if (value(key) instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw wrong(key, "true or false");
  }

  String text(String key, String absent) throws CheckpointException {
    if (!has(key)) {
      return absent;
    }
    if (isText(key)) {
      return value(key).getAsString();
    }
    throw wrong(key, "a text");
  }

  boolean isText(String key) {
    return has(key) && values.get(key) instanceof JsonPrimitive text && text.isString();
  }

  /** A list of texts; empty where there is none. */
  List<String> texts(String key) throws CheckpointException {
    List<String> texts = new ArrayList<>();
    if (!has(key)) {
      return texts;
    }
    if (!(value(key) instanceof JsonArray array)) {
      throw wrong(key, "a list of texts");
    }
    for (JsonElement element : array) {
      if (!(element instanceof JsonPrimitive text && text.isString())) {
        throw wrong(key, "a list of texts");
      }
      texts.add(element.getAsString());
    }
    return texts;
  }

  /** The object under {@code key}; an empty one where there is none. */
  HfConfig section(String key) throws CheckpointException {
    if (!has(key)) {
      return new HfConfig(file, path + key + ".", new JsonObject());
    }
    if (value(key) instanceof JsonObject section) {
      return new HfConfig(file, path + key + ".", section);
    }
    throw wrong(key, "an object");
  }

  /** Keys in the file's order. */
  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** Whether there is nothing, or nothing but null, false, empty objects and empty lists. */
  boolean isBlank(String key) {
    if (!has(key)) {
      return true;
    }
    JsonElement value = values.get(key);
    return (value instanceof JsonObject object && object.isEmpty())
        || (value instanceof JsonArray array && array.isEmpty())
        || value.equals(new JsonPrimitive(false));
  }

  /** Whether {@code key} is there with the number 0. */
  boolean isZero(String key) {
    return has(key)
        && values.get(key) instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsDouble() == 0;
  }

  /** States that {@code key} must be {@code wanted}. */
  CheckpointException wrong(String key, String wanted) {
    String found = has(key) ? "is " + brief(values.get(key)) : "is not there";
    return new CheckpointException(file, path + key + " " + found + " but must be " + wanted);
  }

  /** An error of the whole file. */
  CheckpointException error(String message) {
    return new CheckpointException(file, message);
  }

  private JsonElement value(String key) throws CheckpointException {
    if (!has(key)) {
      throw wrong(key, "given");
    }
    return values.get(key);
  }

  private static String brief(JsonElement value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
