package io.sande.djl.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sande.djl.checkpoint.CheckpointException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Base64;
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
    for (JsonObject object : objects(part).toList()) {
      refuseUndefinedTokens(file, object);
      refuseStripAtEnd(file, object);
      refuseBrokenCharacterMap(file, object);
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

  /** Base64 of: size of a trie in bytes (32 bits, little-endian), the trie, text in UTF-8. */
  private static void refuseBrokenCharacterMap(Path file, JsonObject object)
      throws CheckpointException {
    if (string(object, "type").equals("Precompiled")
        && !isCharacterMap(string(object, "precompiled_charsmap"))) {
      throw new CheckpointException(
          file, "the Precompiled normalizer's precompiled_charsmap is damaged");
    }
  }

  private static boolean isCharacterMap(String base64) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
      int trie = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt();
      ByteBuffer texts = bytes.slice(bytes.position() + trie, bytes.remaining() - trie);
      return trie > 0 && !UTF_8.newDecoder().decode(texts).isEmpty();
    } catch (CharacterCodingException | RuntimeException e) {
      return false;
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
