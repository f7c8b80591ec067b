package io.sande.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** Strict JSON with a limit on nesting. */
final class Json {
  private Json() {}

  static JsonReader reader(Reader in) {
    JsonReader reader = new JsonReader(in);
    reader.setStrictness(Strictness.STRICT);
    return reader;
  }

  /** The one value that {@code text} holds. */
  static JsonElement parse(String text, Place place) throws IOException {
    try (JsonReader reader = reader(new StringReader(text))) {
      JsonElement value = JsonParser.parseReader(reader);
      checkEnd(reader);
      return value;
    } catch (JsonParseException | MalformedJsonException | EOFException e) {
      throw place.bad(
          "is not one JSON object: " + Place.excerpt(text) + "; wanted " + ConversationJson.WANTED,
          e);
    }
  }

  /** Nothing but blanks may follow. */
  static void checkEnd(JsonReader reader) throws IOException {
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new MalformedJsonException("more than one value");
    }
  }
}
