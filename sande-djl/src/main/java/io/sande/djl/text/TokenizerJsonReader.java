package io.sande.djl.text;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.sande.djl.checkpoint.CheckpointException;
import io.sande.djl.text.TokenizerJson.AddedToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes once through a {@code tokenizer.json}, merges unread: they are half of a large file. */
final class TokenizerJsonReader {
  private final Path file;
  private final List<AddedToken> added = new ArrayList<>();
  private @Nullable Map<String, Integer> vocabulary;
  private boolean model;

  TokenizerJsonReader(Path file) {
    this.file = file;
  }

  List<AddedToken> added() {
    return List.copyOf(added);
  }

  /** The model's tokens; an error if the file has none. */
  Map<String, Integer> vocabulary() throws CheckpointException {
    if (vocabulary == null) {
      String missing = model ? "'vocab' in its 'model'" : "'model'";
      throw new CheckpointException(file, "has no " + missing + "; download it again");
    }
    return vocabulary;
  }

  /** Reads the top level. */
  TokenizerJsonReader read(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "model" -> model(reader);
        case "added_tokens" -> addedTokens(reader);
        case "normalizer", "post_processor", "decoder" ->
            AbortingParts.refuse(file, JsonParser.parseReader(reader));
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    return this;
  }

  private void model(JsonReader reader) throws IOException {
    boolean merges = false;
    String prefix = "";
    model = true;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "vocab" -> vocabulary = vocabulary(reader);
        case "continuing_subword_prefix" -> prefix = stringOrEmpty(reader);
        case "merges" -> {
          merges = true;
          reader.skipValue();
        }
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (merges
        && !prefix.isEmpty()) { // the library cuts it off tokens that are shorter, and aborts
      throw new CheckpointException(
          file, "merges with continuing_subword_prefix '%s' are not supported".formatted(prefix));
    }
  }

  private static String stringOrEmpty(JsonReader reader) throws IOException {
    if (reader.peek() == JsonToken.NULL) {
      reader.nextNull();
      return "";
    }
    return reader.nextString();
  }

  private static Map<String, Integer> vocabulary(JsonReader reader) throws IOException {
    return reader.peek() == JsonToken.BEGIN_ARRAY ? scored(reader) : numbered(reader);
  }

  /** {@code {token: id}}. */
  private static Map<String, Integer> numbered(JsonReader reader) throws IOException {
    Map<String, Integer> ids = new HashMap<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String token = reader.nextName();
      if (ids.put(token, TokenizerJson.id(reader)) != null) {
        throw new IllegalStateException("token '" + token + "' stands twice in the vocabulary");
      }
    }
    reader.endObject();
    return ids;
  }

  /** {@code [[token, score]]} of a Unigram model; the id is the place. */
  private static Map<String, Integer> scored(JsonReader reader) throws IOException {
    Map<String, Integer> ids = new HashMap<>();
    reader.beginArray();
    for (int id = 0; reader.hasNext(); id++) {
      reader.beginArray();
      ids.put(reader.nextString(), id);
      reader.skipValue(); // the score
      reader.endArray();
    }
    reader.endArray();
    return ids;
  }

  private void addedTokens(JsonReader reader) throws IOException {
    reader.beginArray();
    while (reader.hasNext()) {
      added.add(addedToken(reader));
    }
    reader.endArray();
  }

  private static AddedToken addedToken(JsonReader reader) throws IOException {
    Integer id = null;
    String content = null;
    boolean special = false;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "id" -> id = TokenizerJson.id(reader);
        case "content" -> content = reader.nextString();
        case "special" -> special = reader.nextBoolean();
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (id == null || content == null || content.isEmpty()) {
      throw new IllegalStateException("an added token must have an id and a content");
    }
    return new AddedToken(id, content, special);
  }
}
