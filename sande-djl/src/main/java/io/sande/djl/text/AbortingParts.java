package io.sande.djl.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.sande.djl.checkpoint.CheckpointException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Refuses parts of a {@code tokenizer.json} on which the tokenizers library (0.21.4, Rust) panics.
 * A panic across JNI ends the whole process, so none may get that far.
 */
final class AbortingParts {
  private AbortingParts() {}

  /** Looks at every object inside {@code part}. */
  static void refuse(Path file, JsonElement part) throws CheckpointException {
    refuseUnreadable(file, part);
    for (JsonObject object : objects(part).toList()) {
      refuseUndefinedTokens(file, object);
      refuseStripAtEnd(file, object);
      refuseBrokenCharacterMap(file, object);
      refuseEmptyMatch(file, object);
    }
  }

  /** Java takes numbers and texts that Rust does not, and a decoder with one ends the process. */
  private static void refuseUnreadable(Path file, JsonElement part) throws CheckpointException {
    if (part instanceof JsonArray array) {
      for (JsonElement element : array) {
        refuseUnreadable(file, element);
      }
    } else if (part instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
        refuseHalfCharacter(file, entry.getKey());
        refuseUnreadable(file, entry.getValue());
      }
    } else if (part instanceof JsonPrimitive value && value.isString()) {
      refuseHalfCharacter(file, value.getAsString());
    } else if (part instanceof JsonPrimitive number
        && number.isNumber()
        && !Double.isFinite(number.getAsDouble())) {
      throw new CheckpointException(file, "has a number that is too large; download it again");
    }
  }

  private static void refuseHalfCharacter(Path file, String text) throws CheckpointException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new CheckpointException(
          file, "has a text with half of a surrogate pair; download it again");
    }
  }

  /** A post-processor's template may only use tokens that it defines. */
  private static void refuseUndefinedTokens(Path file, JsonObject object)
      throws CheckpointException {
    JsonElement defined = object.get("special_tokens");
    if (defined == null || !defined.isJsonObject()) {
      return;
    }
    for (JsonObject piece : objects(object).filter(o -> o.has("SpecialToken")).toList()) {
      String token = string(piece.get("SpecialToken"), "id");
      if (!defined.getAsJsonObject().has(token)) {
        throw new CheckpointException(
            file,
            "the post_processor uses token '%s' but its special_tokens do not define it"
                .formatted(token));
      }
    }
  }

  private static void refuseStripAtEnd(Path file, JsonObject object) throws CheckpointException {
    JsonElement stop = object.get("stop");
    if (stop != null && !stop.toString().equals("0")) {
      throw new CheckpointException(
          file, "a Strip decoder with stop %s is not supported, only 0".formatted(stop));
    }
  }

  private static void refuseBrokenCharacterMap(Path file, JsonObject object)
      throws CheckpointException {
    if (string(object, "type").equals("Precompiled")
        && !CharacterMap.isSound(string(object, "precompiled_charsmap"))) {
      throw new CheckpointException(
          file, "the Precompiled normalizer's precompiled_charsmap is damaged; download it again");
    }
  }

  /** Where nothing is replaced or put in front, the library loses count of the characters. */
  private static void refuseEmptyMatch(Path file, JsonObject object) throws CheckpointException {
    boolean prepend = object.has("prepend") && string(object, "prepend").isEmpty();
    JsonElement pattern = object.get("pattern");
    if (prepend || (object.has("content") && pattern != null && matchesNothing(pattern))) {
      throw new CheckpointException(
          file, "a normalizer or decoder that matches the empty text is not supported: " + object);
    }
  }

  private static boolean matchesNothing(JsonElement pattern) {
    if (pattern instanceof JsonObject object && object.has("String")) {
      return string(object, "String").isEmpty();
    }
    try {
      return Pattern.compile(string(pattern, "Regex")).matcher("").find();
    } catch (PatternSyntaxException e) {
      return false; // not Java's dialect, and not that simple
    }
  }

  /** {@code part} and everything inside it, as far as they are objects. */
  private static Stream<JsonObject> objects(JsonElement part) {
    if (part.isJsonArray()) {
      return StreamSupport.stream(part.getAsJsonArray().spliterator(), false)
          .flatMap(AbortingParts::objects);
    }
    if (!part.isJsonObject()) {
      return Stream.of();
    }
    JsonObject object = part.getAsJsonObject();
    return Stream.concat(
        Stream.of(object), object.asMap().values().stream().flatMap(AbortingParts::objects));
  }

  private static String string(JsonElement element, String name) {
    JsonElement value = element.isJsonObject() ? element.getAsJsonObject().get(name) : null;
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
