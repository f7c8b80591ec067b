package io.sande.data;

import com.google.gson.JsonElement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads one example a line; blank lines are left out. No line is held whole above its limit. */
final class LineReader {
  private final InputStream in;
  private final Path file;
  private int number;

  /**
   * Reads on from {@code in}, which stands in a line.
   *
   * @param number of that line, from 1
   */
  LineReader(InputStream in, Path file, int number) {
    this.in = in;
    this.file = file;
    this.number = number;
  }

  List<Conversation> read(int samples) throws IOException {
    List<Conversation> read = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (read.size() < samples && fill(line)) {
      Place place = new Place(file, "line", number++);
      String text = decode(line.toByteArray(), place);
      if (!text.isBlank()) {
        JsonElement element = Json.parse(text, place);
        read.add(ConversationJson.parse(element, place));
      }
    }
    return read;
  }

  /** Puts the next line into {@code line}; false at the end of the file. */
  private boolean fill(ByteArrayOutputStream line) throws IOException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      return false;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      if (line.size() == Place.MAX_EXAMPLE) {
        throw new Place(file, "line", number).tooLong();
      }
      line.write(read);
    }
    return true;
  }

  private static String decode(byte[] line, Place place) throws DataException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw place.notUtf8(e);
    }
  }
}
