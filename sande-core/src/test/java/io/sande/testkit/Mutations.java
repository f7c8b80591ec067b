package io.sande.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages files as an attacker or a bad disk would; the same seed gives the same damage. */
public final class Mutations {
  private static final int MOST_CHANGES = 3;
  private static final int LONGEST = 16;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "../outside.safetensors",
          "/etc/passwd",
          "..\\outside.safetensors",
          "file:///etc/passwd",
          "a\0b",
          "\ud800",
          "\u202e",
          "(a+)+$",
          "(",
          "%s%n",
          "NaN",
          "x".repeat(3000),
          "F64",
          "BPE",
          "Unigram",
          "WordPiece",
          "Precompiled",
          "Sequence",
          "llama3",
          "all-linear",
          "é漢😀");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "2",
          "7",
          "0.5",
          "1e308",
          "-1e-400",
          "1e400",
          "127",
          "128",
          "10000",
          "2147483647",
          "2147483648",
          "-2147483648",
          "100000000000",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999");

  private Mutations() {}

  /** {@code valid} with one to three places flipped, cut, doubled or overwritten. */
  public static byte[] bytes(byte[] valid, Random random) {
    byte[] changed = valid;
    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
      changed = changeBytes(changed, random);
    }
    return changed;
  }

  /**
   * {@code valid}, a JSON text, with one to three values or keys replaced; or its bytes changed.
   */
  public static byte[] json(byte[] valid, Random random) {
    if (random.nextInt(3) == 0) {
      return bytes(valid, random);
    }
    JsonElement root = JsonParser.parseString(new String(valid, StandardCharsets.UTF_8));
    for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) {
      List<JsonElement> holders = new ArrayList<>();
      collect(root, holders);
      if (!holders.isEmpty()) {
        changeValue(holders.get(random.nextInt(holders.size())), random);
      }
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] changeBytes(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int start = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, start + 1 + random.nextInt(LONGEST));
    byte[] piece = Arrays.copyOfRange(bytes, start, end);
    return switch (random.nextInt(6)) {
      case 0 -> joined(bytes, start, new byte[] {(byte) (piece[0] ^ 1 << random.nextInt(8))}, 1);
      case 1 -> joined(bytes, start, new byte[0], piece.length);
      case 2 -> joined(bytes, start, piece, 0);
      case 3 -> Arrays.copyOf(bytes, start);
      case 4 -> joined(bytes, start, random(random, piece.length), piece.length);
      default -> joined(bytes, start, anyText(random).getBytes(StandardCharsets.UTF_8), 0);
    };
  }

  /** {@code bytes} with {@code removed} of them at {@code start} replaced by {@code piece}. */
  private static byte[] joined(byte[] bytes, int start, byte[] piece, int removed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, start);
    out.write(piece, 0, piece.length);
    out.write(bytes, start + removed, bytes.length - start - removed);
    return out.toByteArray();
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void collect(JsonElement element, List<JsonElement> holders) {
    if (element instanceof JsonObject object && !object.isEmpty()) {
      holders.add(object);
      object.asMap().values().forEach(value -> collect(value, holders));
    } else if (element instanceof JsonArray array && !array.isEmpty()) {
      holders.add(array);
      array.forEach(value -> collect(value, holders));
    }
  }

  private static void changeValue(JsonElement holder, Random random) {
    if (holder instanceof JsonArray array) {
      int place = random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(place);
        case 1 -> array.add(array.get(place).deepCopy());
        default -> array.set(place, value(array.get(place), random));
      }
    } else if (holder instanceof JsonObject object) {
      List<String> keys = List.copyOf(object.keySet());
      String key = keys.get(random.nextInt(keys.size()));
      JsonElement value = object.get(key);
      switch (random.nextInt(4)) {
        case 0 -> object.remove(key);
        case 1 -> object.add(anyText(random), object.remove(key));
        default -> object.add(key, value(value, random));
      }
    }
  }

  private static JsonElement value(JsonElement before, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> new JsonArray();
      case 3 -> new JsonObject();
      case 4 -> nested(before, random);
      case 5 -> new JsonPrimitive(anyText(random));
      default -> new JsonPrimitive(new BigDecimal(anyNumber(random)));
    };
  }

  private static JsonElement nested(JsonElement inner, Random random) {
    JsonElement element = inner.deepCopy();
    for (int depth = random.nextInt(90); depth >= 0; depth--) {
      JsonArray around = new JsonArray();
      around.add(element);
      element = around;
    }
    return element;
  }

  private static String anyText(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static String anyNumber(Random random) {
    return NUMBERS.get(random.nextInt(NUMBERS.size()));
  }
}
