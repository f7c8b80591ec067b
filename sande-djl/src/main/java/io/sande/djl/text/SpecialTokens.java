package io.sande.djl.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens that {@code tokenizer_config.json} sets, and where it does not, {@code
 * special_tokens_map.json}.
 *
 * @param named text of each token under the name that chat templates use; what is not set is absent
 */
record SpecialTokens(Map<String, String> named) {
  private static final List<String> NAMES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  /** Copies the map. */
  SpecialTokens {
    named = Map.copyOf(named);
  }

  /** Reads both files of {@code folder}, as far as they are there. */
  static SpecialTokens read(Path folder) throws IOException {
    JsonObject config = JsonFile.objectOrEmpty(folder.resolve("tokenizer_config.json"));
    Map<String, String> named = new LinkedHashMap<>();
    addAll(named, JsonFile.objectOrEmpty(folder.resolve("special_tokens_map.json")), NAMES);
    addAll(named, config, NAMES);
    if (config.get("extra_special_tokens") instanceof JsonObject extra) { // else a list, no names
      addAll(named, extra, List.copyOf(extra.keySet()));
    }
    return new SpecialTokens(named);
  }

  /** The same with {@code eos_token} set. */
  SpecialTokens withEndOfText(String token) {
    Map<String, String> changed = new LinkedHashMap<>(named);
    changed.put("eos_token", token);
    return new SpecialTokens(changed);
  }

  private static void addAll(Map<String, String> named, JsonObject object, List<String> names) {
    for (String name : names) {
      String content = content(object.get(name));
      if (content != null) {
        named.put(name, content);
      }
    }
  }

  /** A token is written as a string, or as an object with its {@code content}. */
  private static @Nullable String content(@Nullable JsonElement token) {
    if (token instanceof JsonObject object) {
      return content(object.get("content"));
    }
    return token != null && token.isJsonPrimitive() ? token.getAsString() : null;
  }
}
