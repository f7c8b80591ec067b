package io.sande.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the examples of one JSON array as a stream. */
final class ArrayReader {
  private final Path file;
  private final Bounded in;
  private int number;

  ArrayReader(InputStream in, Path file) {
    this.file = file;
    this.in = new Bounded(in);
  }

  List<Conversation> read(int samples) throws IOException {
    try (JsonReader json = Json.reader(in)) {
      return read(json, samples);
    } catch (CharacterCodingException e) {
      throw place().notUtf8(e);
    } catch (JsonParseException | MalformedJsonException | EOFException e) {
      throw place().bad("is not JSON; wanted " + ConversationJson.WANTED, e);
    }
  }

  private List<Conversation> read(JsonReader json, int samples) throws IOException {
    List<Conversation> read = new ArrayList<>();
    json.beginArray();
    while (read.size() < samples && json.hasNext()) {
      number++;
      in.left = Place.MAX_EXAMPLE;
      read.add(ConversationJson.parse(next(json), place()));
    }
    if (read.size() < samples) {
      json.endArray();
      Json.checkEnd(json);
    }
    return read;
  }

  /** The next value; what went wrong below the parser comes out as it was. */
  private static JsonElement next(JsonReader json) throws IOException {
    try {
      return JsonParser.parseReader(json);
    } catch (JsonIOException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Place place() {
    return new Place(file, "entry", Math.max(1, number));
  }

  /** Characters of a stream, a limited number for each example. */
  private final class Bounded extends FilterReader {
    private long left = Place.MAX_EXAMPLE;

    Bounded(InputStream in) {
      super(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())); // reports bad bytes
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw place().tooLong();
      }
      return read;
    }
  }
}
